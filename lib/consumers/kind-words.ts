import type { ConsumerKind } from '#lib/domain/consumers/application.ts';

/** What each kind of consumer is called. */
export const KIND_WORDS: Readonly<Record<ConsumerKind, string>> = {
  kcl: 'KCL application',
  lifion: 'lifion-kinesis group',
  lambda: 'Lambda function',
  firehose: 'Firehose stream',
  'enhanced-fan-out': 'Fan-out consumer',
};

/** Where what is known of it comes from, as it goes on after "from". */
export const KIND_SOURCES: Readonly<Record<ConsumerKind, string>> = {
  kcl: 'its lease table in DynamoDB',
  lifion: 'its state table in DynamoDB',
  lambda: 'its event source mapping and CloudWatch’s IteratorAge',
  firehose: 'its delivery stream and CloudWatch’s KinesisMillisBehindLatest',
  'enhanced-fan-out': 'ListStreamConsumers and CloudWatch’s SubscribeToShardEvent',
};
