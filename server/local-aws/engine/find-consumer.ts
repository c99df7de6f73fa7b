import type { Account } from './account.ts';
import { parseChannelArn, parseConsumerArn } from './arn.ts';
import type { EngineStream } from './engine-stream.ts';
import { findChannel } from './find-channel.ts';
import { KinesisError } from './kinesis-error.ts';
import type { StreamConsumer } from './stream-consumer.ts';

/** A consumer as requests name it: by its ARN, by its stream's ARN and its name, or by all three. */
export type ConsumerRef = {
  readonly consumerArn?: string | undefined;
  readonly streamArn?: string | undefined;
  readonly consumerName?: string | undefined;
};

export type FoundConsumer = { readonly stream: EngineStream; readonly consumer: StreamConsumer };

/** What has tags and a resource policy. */
export type Resource = {
  readonly name: string;
  readonly tags: Map<string, string>;
  policy: string | null;
};

/**
 * @throws KinesisError ResourceNotFound, or InvalidArgumentException for a reference that names too little
 * or contradicts itself.
 */
export function findConsumer(account: Account, ref: ConsumerRef, nowMs: number): FoundConsumer {
  const { streamArn, consumerName } = placeOf(ref);
  const stream = account.stream({ streamArn }, nowMs);
  const consumer = stream.consumers.find(consumerName, nowMs);
  if (
    consumer === undefined ||
    (ref.consumerArn !== undefined && ref.consumerArn !== consumer.arn)
  ) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `Consumer ${ref.consumerArn ?? consumerName}, account ${account.options.accountId} not found.`,
    );
  }
  return { stream, consumer };
}

/**
 * A stream, a consumer or a channel by ARN. That channels are tagged as the others are is assumed.
 * @throws KinesisError ResourceNotFound or InvalidArgumentException.
 */
export function findResource(account: Account, arn: string, nowMs: number): Resource {
  if (parseChannelArn(arn) !== null) {
    return findChannel(account, arn, nowMs);
  }
  return parseConsumerArn(arn) === null
    ? account.stream({ streamArn: arn }, nowMs)
    : findConsumer(account, { consumerArn: arn }, nowMs).consumer;
}

function placeOf(ref: ConsumerRef) {
  if (ref.consumerArn === undefined) {
    if (ref.streamArn === undefined || ref.consumerName === undefined) {
      throw new KinesisError(
        'InvalidArgumentException',
        'Either ConsumerARN or both StreamARN and ConsumerName must be provided.',
      );
    }
    return { streamArn: ref.streamArn, consumerName: ref.consumerName };
  }
  const parts = parseConsumerArn(ref.consumerArn);
  if (parts === null) {
    throw new KinesisError(
      'InvalidArgumentException',
      `ConsumerARN ${ref.consumerArn} is invalid.`,
    );
  }
  const { streamArn = parts.streamArn, consumerName = parts.consumerName } = ref;
  if (streamArn !== parts.streamArn || consumerName !== parts.consumerName) {
    throw new KinesisError(
      'InvalidArgumentException',
      `StreamARN and ConsumerName do not match ConsumerARN ${ref.consumerArn}.`,
    );
  }
  return { streamArn, consumerName };
}
