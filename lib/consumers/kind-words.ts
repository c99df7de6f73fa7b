import type { ConsumerKind } from '#lib/domain/consumers/application.ts';

/** What each kind of consumer is called. */
export const KIND_WORDS: Readonly<Record<ConsumerKind, string>> = {
  kcl: 'KCL application',
  lifion: 'lifion-kinesis group',
  lambda: 'Lambda function',
  firehose: 'Firehose stream',
  'enhanced-fan-out': 'Fan-out consumer',
};

/** Where what is known of it comes from. */
export const KIND_SOURCES: Readonly<Record<ConsumerKind, string>> = {
  kcl: 'lease table in DynamoDB',
  lifion: 'state table in DynamoDB',
  lambda: 'event source mapping; CloudWatch IteratorAge',
  firehose: 'delivery stream; CloudWatch KinesisMillisBehindLatest',
  'enhanced-fan-out': 'ListStreamConsumers; CloudWatch SubscribeToShardEvent',
};
