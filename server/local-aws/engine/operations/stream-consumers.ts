import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { consumerArn } from '#server/local-aws/engine/arn.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { type ConsumerRef, findConsumer } from '#server/local-aws/engine/find-consumer.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { sealToken, unsealToken } from '#server/local-aws/engine/sealed-token.ts';
import { type ConsumerStatus, StreamConsumer } from '#server/local-aws/engine/stream-consumer.ts';
import { assertNotInTransit } from './list-shards.ts';
import { assertTags } from './tags.ts';

/** Consumers a stream may have, and with On-demand Advantage. Source: RegisterStreamConsumer. */
const CONSUMERS_MAX = 20;
const ADVANTAGE_CONSUMERS_MAX = 50;

/**
 * Consumers that may be CREATING together. Source: RegisterStreamConsumer, which does not say whether it
 * means a stream or an account: a stream is assumed.
 */
const CREATING_MAX = 5;

/** Of one page, also where MaxResults asks for more. Source: ListStreamConsumers. */
const PAGE_CONSUMERS_MAX = 100;

/** Source: ListStreamConsumers, "Tokens expire after 300 seconds". */
const TOKEN_LIFE_MS = 300_000;

const KIND = 'consumers';

export type ConsumerDescription = {
  readonly consumerName: string;
  readonly consumerArn: string;
  readonly status: ConsumerStatus;
  readonly createdAtMs: number;
  readonly streamArn: string;
};

export type RegisterConsumerInput = {
  readonly streamArn: string;
  readonly consumerName: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

export type ListConsumersInput = StreamRef & {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly streamCreatedAtMs?: number | undefined;
};

export type ListConsumersOutput = {
  /** Ascending by name. */
  readonly consumers: readonly ConsumerDescription[];
  readonly nextToken: string | null;
};

/** @throws KinesisError ResourceInUse, ResourceNotFound, LimitExceeded, InvalidArgument. */
export function registerStreamConsumer(
  account: Account,
  input: RegisterConsumerInput,
  nowMs: number,
): ConsumerDescription {
  const stream = account.stream({ streamArn: input.streamArn }, nowMs);
  assertNotInTransit(account, stream);
  const { consumerName: name } = input;
  if (stream.consumers.find(name, nowMs) !== undefined) {
    throw new KinesisError(
      'ResourceInUseException',
      `Consumer ${name} of stream ${stream.name} under account ${account.options.accountId} already exists.`,
    );
  }
  assertConsumerQuota(account, stream, nowMs);
  const tags = new Map(Object.entries(input.tags ?? {}));
  assertTags(stream.name, account, tags);
  const consumer = new StreamConsumer({
    name,
    arn: consumerArn(stream.arn, name, nowMs),
    createdAtMs: nowMs,
    activeFromMs: nowMs + account.options.transitionMs,
  });
  for (const [key, value] of tags) {
    consumer.tags.set(key, value);
  }
  stream.consumers.add(consumer);
  // AWS answers CREATING whatever follows, and so do we where nothing takes time.
  return { ...describe(stream, consumer, nowMs), status: 'CREATING' };
}

/** A consumer in any status; its subscriptions end. @throws KinesisError ResourceNotFound, InvalidArgument. */
export function deregisterStreamConsumer(account: Account, ref: ConsumerRef, nowMs: number): void {
  const { consumer } = findConsumer(account, ref, nowMs);
  consumer.beginDeletion(nowMs + account.options.transitionMs);
}

/** @throws KinesisError ResourceNotFound, InvalidArgument. */
export function describeStreamConsumer(
  account: Account,
  ref: ConsumerRef,
  nowMs: number,
): ConsumerDescription {
  const { stream, consumer } = findConsumer(account, ref, nowMs);
  return describe(stream, consumer, nowMs);
}

/** @throws KinesisError ResourceNotFound, ResourceInUse, InvalidArgument, ExpiredNextToken. */
export function listStreamConsumers(
  account: Account,
  input: ListConsumersInput,
  nowMs: number,
): ListConsumersOutput {
  const stream = account.stream(input, nowMs);
  assertNotInTransit(account, stream);
  if (input.nextToken !== undefined && input.streamCreatedAtMs !== undefined) {
    throw new KinesisError(
      'InvalidArgumentException',
      'NextToken and StreamCreationTimestamp cannot be provided together.',
    );
  }
  if (input.streamCreatedAtMs !== undefined && !stream.wasCreatedAt(input.streamCreatedAtMs)) {
    throw account.streamNotFound(stream.name);
  }
  const after = input.nextToken === undefined ? '' : openToken(stream, input.nextToken, nowMs);
  const rest = stream.consumers.list(nowMs).filter(({ name }) => name > after);
  const page = rest.slice(0, Math.min(input.maxResults ?? PAGE_CONSUMERS_MAX, PAGE_CONSUMERS_MAX));
  const last = page.at(-1);
  return {
    consumers: page.map((consumer) => describe(stream, consumer, nowMs)),
    nextToken:
      page.length < rest.length && last !== undefined
        ? sealToken(KIND, [stream.name, stream.createdAtMs, last.name, nowMs])
        : null,
  };
}

function assertConsumerQuota(account: Account, stream: EngineStream, nowMs: number): void {
  const consumers = stream.consumers.list(nowMs);
  const hasAdvantage = stream.mode === 'ON_DEMAND' && account.commitment.isEnabledAt(nowMs);
  const max = hasAdvantage ? ADVANTAGE_CONSUMERS_MAX : CONSUMERS_MAX;
  if (consumers.length >= max) {
    throw new KinesisError(
      'LimitExceededException',
      `Stream ${stream.name} under account ${account.options.accountId} cannot have more than ${max} consumers.`,
    );
  }
  const creating = consumers.filter((consumer) => consumer.statusAt(nowMs) === 'CREATING');
  if (creating.length >= CREATING_MAX) {
    throw new KinesisError(
      'LimitExceededException',
      `Only ${CREATING_MAX} consumers of stream ${stream.name} under account ${account.options.accountId} can be created simultaneously.`,
    );
  }
}

function describe(
  stream: EngineStream,
  consumer: StreamConsumer,
  nowMs: number,
): ConsumerDescription {
  return {
    consumerName: consumer.name,
    consumerArn: consumer.arn,
    status: consumer.statusAt(nowMs),
    createdAtMs: consumer.createdAtMs,
    streamArn: stream.arn,
  };
}

function openToken(stream: EngineStream, nextToken: string, nowMs: number): string {
  const [streamName, createdAtMs, after, issuedAtMs] = unsealToken(KIND, nextToken) ?? [];
  const isOfStream = streamName === stream.name && Number(createdAtMs) === stream.createdAtMs;
  if (!isOfStream || after === undefined) {
    throw new KinesisError('InvalidArgumentException', 'Invalid NextToken.');
  }
  if (nowMs - Number(issuedAtMs) > TOKEN_LIFE_MS) {
    throw new KinesisError(
      'ExpiredNextTokenException',
      'The NextToken has expired; it is valid for 300 seconds.',
    );
  }
  return after;
}
