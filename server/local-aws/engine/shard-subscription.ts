import { GET_RECORDS_COUNT_MAX, MEBIBYTE, SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { ConsumerMeter } from '#server/local-aws/metering/consumer-meter.ts';
import type { Account } from './account.ts';
import type { EngineShard } from './engine-shard.ts';
import type { FoundConsumer } from './find-consumer.ts';
import { KinesisError } from './kinesis-error.ts';
import { retainedShard } from './operations/get-shard-iterator.ts';
import {
  type ChildShard,
  childShardsOf,
  readShard,
  type StoredRecord,
} from './operations/read-shard.ts';
import { RateBucket } from './rate-bucket.ts';

/** "for up to 5 minutes". Source: SubscribeToShard. */
const LIFE_MS = 300_000;

/** Another call for the same consumer and shard is refused for so long. Source: SubscribeToShard. */
const EXCLUSIVE_MS = 5_000;

/**
 * While nothing comes, an event without records says how far the shard has been read. AWS does not say how
 * often; KCL gives a subscription up that has been silent for half a minute.
 */
const SILENCE_MAX_MS = 5_000;

/** Of one event, so that 2 MiB/s come in even portions. AWS does not say how large its own are. */
const EVENT_LIMIT = { records: GET_RECORDS_COUNT_MAX, bytes: MEBIBYTE };

export type SubscriptionEvent = {
  readonly records: readonly StoredRecord[];
  /** Where to go on AFTER; null at the end of the shard. */
  readonly continuationSequenceNumber: SequenceNumber | null;
  readonly millisBehindLatest: number;
  /** Filled at the end of the shard. */
  readonly childShards: readonly ChildShard[];
};

/** What a subscription has for its consumer at an instant; null for nothing yet, `end` for nothing more. */
type SubscriptionStep = SubscriptionEvent | null | 'end';

type SubscriptionInit = FoundConsumer & {
  readonly account: Account;
  readonly shardId: ShardId;
  /** Ordinal of the record that is read first. */
  readonly ordinal: number;
  readonly meter: ConsumerMeter;
  /** The one before it for this consumer and shard: their throughput is one. */
  readonly previous: ShardSubscription | undefined;
  readonly startedAtMs: number;
};

/**
 * One consumer's subscription to one shard. It has no timers: whoever serves it asks for the next event
 * until there is none.
 */
export class ShardSubscription {
  readonly startedAtMs: number;
  readonly #init: Omit<SubscriptionInit, 'previous'>;
  readonly #bytes: RateBucket | null;
  #ordinal: number;
  #nextEmptyEventMs = Number.NEGATIVE_INFINITY;
  #state: 'open' | 'taken-over' | 'ended' = 'open';

  constructor({ previous, ...init }: SubscriptionInit) {
    const { limitScale } = init.account.options;
    this.#init = init;
    this.startedAtMs = init.startedAtMs;
    this.#ordinal = init.ordinal;
    this.#bytes =
      limitScale === null
        ? null
        : (previous?.shareBytes() ??
          new RateBucket(SHARD_LIMITS.readBytesPerSecondMax * limitScale));
  }

  /** May nobody take it over yet? */
  isExclusiveAt(nowMs: number): boolean {
    return nowMs - this.startedAtMs < EXCLUSIVE_MS;
  }

  /** Ends it in favour of another one for the same consumer and shard. */
  takeOver(): void {
    if (this.#state === 'open') {
      this.#state = 'taken-over';
    }
  }

  /** What of 2 MiB/s is left. */
  shareBytes(): RateBucket | null {
    return this.#bytes;
  }

  /**
   * @throws KinesisError that ends the subscription: ResourceInUse where another one took it over,
   * ResourceNotFound where consumer, stream or shard are gone.
   */
  next(nowMs: number): SubscriptionStep {
    if (this.#state === 'open' && nowMs - this.startedAtMs >= LIFE_MS) {
      this.#state = 'ended';
    }
    if (this.#state === 'ended') {
      return 'end';
    }
    if (this.#state === 'taken-over') {
      throw subscriptionExists(this.#init.account, this.#init);
    }
    const shard = this.#presentShard(nowMs);
    if (this.#bytes?.admits(nowMs) === false) {
      return null;
    }
    return this.#read(shard, nowMs);
  }

  #read(shard: EngineShard, nowMs: number): SubscriptionEvent | null {
    const { stream, meter } = this.#init;
    const read = readShard(stream, shard, this.#ordinal, EVENT_LIMIT, nowMs);
    if (read.records.length === 0 && !read.isAtEnd && nowMs < this.#nextEmptyEventMs) {
      return null;
    }
    this.#ordinal = read.nextOrdinal;
    this.#nextEmptyEventMs = nowMs + SILENCE_MAX_MS;
    this.#bytes?.charge(read.bytes);
    const { millisBehindLatest } = read;
    meter.recordEvent(nowMs, {
      bytes: read.bytes,
      records: read.records.length,
      millisBehindLatest,
    });
    if (read.isAtEnd) {
      this.#state = 'ended';
    }
    return {
      records: read.records,
      continuationSequenceNumber: read.isAtEnd
        ? null
        : (read.records.at(-1)?.sequenceNumber ?? shard.sequenceNumberAt(this.#ordinal - 1, nowMs)),
      millisBehindLatest,
      childShards: read.isAtEnd ? childShardsOf(shard) : [],
    };
  }

  #presentShard(nowMs: number): EngineShard {
    const { account, stream, consumer, shardId } = this.#init;
    if (account.servingStream({ streamName: stream.name }, nowMs) !== stream) {
      throw account.streamNotFound(stream.name);
    }
    if (consumer.statusAt(nowMs) !== 'ACTIVE') {
      throw new KinesisError(
        'ResourceNotFoundException',
        `Consumer ${consumer.arn}, account ${account.options.accountId} not found.`,
      );
    }
    return retainedShard(account, stream, shardId, nowMs);
  }
}

export function subscriptionExists(
  account: Account,
  { stream, consumer }: FoundConsumer,
): KinesisError {
  return new KinesisError(
    'ResourceInUseException',
    `Another active subscription exists for this consumer: ${account.options.accountId}:${stream.name}:${consumer.name}`,
  );
}
