import type { ShardId } from '#lib/domain/shard.ts';
import type { ShardSubscription } from './shard-subscription.ts';

export type ConsumerStatus = 'CREATING' | 'ACTIVE' | 'DELETING';

export type StreamConsumerInit = {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  /** The end of CREATING. */
  readonly activeFromMs: number;
};

/** An enhanced fan-out consumer of one stream. Its status follows from the time alone: it has no timers. */
export class StreamConsumer {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  /** The latest one to each shard, also where it has ended. */
  readonly subscriptions = new Map<ShardId, ShardSubscription>();
  /** A resource policy as JSON text; it is kept and told, not enforced. */
  policy: string | null = null;
  readonly #activeFromMs: number;
  #goneFromMs = Number.POSITIVE_INFINITY;
  #isDeleted = false;

  constructor(init: StreamConsumerInit) {
    this.name = init.name;
    this.arn = init.arn;
    this.createdAtMs = init.createdAtMs;
    this.#activeFromMs = init.activeFromMs;
  }

  statusAt(nowMs: number): ConsumerStatus {
    if (this.#isDeleted) {
      return 'DELETING';
    }
    return nowMs >= this.#activeFromMs ? 'ACTIVE' : 'CREATING';
  }

  isGoneAt(nowMs: number): boolean {
    return nowMs >= this.#goneFromMs;
  }

  /** Enters DELETING until `goneFromMs`. A second call changes nothing. */
  beginDeletion(goneFromMs: number): void {
    if (!this.#isDeleted) {
      this.#isDeleted = true;
      this.#goneFromMs = goneFromMs;
    }
  }
}

/** The consumers of one stream, by name. */
export class ConsumerRegistry {
  readonly #byName = new Map<string, StreamConsumer>();

  add(consumer: StreamConsumer): void {
    this.#byName.set(consumer.name, consumer);
  }

  /** Also one that is CREATING or DELETING; undefined for one that is gone. */
  find(name: string, nowMs: number): StreamConsumer | undefined {
    const consumer = this.#byName.get(name);
    if (consumer?.isGoneAt(nowMs) === true) {
      this.#byName.delete(name);
      return undefined;
    }
    return consumer;
  }

  /** All that are not gone, ascending by name. */
  list(nowMs: number): readonly StreamConsumer[] {
    return [...this.#byName.keys()].sort().flatMap((name) => this.find(name, nowMs) ?? []);
  }
}
