import type { HashRange } from '#lib/domain/hash-range.ts';
import { type ShardId, shardIdOf } from '#lib/domain/shard.ts';
import type { ShardLevelMetric } from '#server/local-aws/metering/metric-names.ts';
import type { StreamMeter } from '#server/local-aws/metering/stream-meter.ts';
import type { ByteCap, CapShare } from './byte-cap.ts';
import { EncryptionHistory } from './encryption-history.ts';
import { EngineShard } from './engine-shard.ts';
import type { WarmThroughput } from './operations/warm-throughput.ts';
import { ShardRouter } from './shard-router.ts';
import { ShardSpreader } from './shard-spreader.ts';
import { ConsumerRegistry } from './stream-consumer.ts';

export type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

/** Who says which shard a record goes to: the service itself, or the producer by its key. */
export type RecordDistribution = 'AUTO' | 'USER_PARTITION_KEY';

/** How often a stream looks for what its retention has passed, in ms: it is measured in hours. */
const SWEEP_EVERY_MS = 60_000;

type Transition = { readonly doneAtMs: number; readonly complete: (atMs: number) => void };

export type EngineStreamInit = {
  readonly name: string;
  readonly arn: string;
  readonly mode: StreamMode;
  readonly createdAtMs: number;
  readonly initialShardCount: number;
  readonly maxRecordKiB: number;
  readonly meter: StreamMeter;
  readonly cap: ByteCap;
  readonly limitScale: number | null;
};

/**
 * One stream. It has no timers: a transition (CREATING, UPDATING, DELETING) has an instant at which it
 * is done, and whoever touches the stream after that instant first completes it, as of then.
 *
 * ```
 * CREATING -> ACTIVE <-> UPDATING
 *                | `--> DELETING -> gone
 * ```
 */
export class EngineStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly meter: StreamMeter;
  readonly tags = new Map<string, string>();
  readonly consumers = new ConsumerRegistry();
  readonly encryption = new EncryptionHistory();
  /** A resource policy as JSON text; it is kept and told, not enforced. */
  policy: string | null = null;
  /** What data and partition key of one record may have together. */
  maxRecordKiB: number;
  /** null where none was ever asked for. */
  warmThroughput: WarmThroughput | null = null;
  mode: StreamMode;
  /** Of a provisioned stream always its producers' keys. */
  distribution: RecordDistribution = 'USER_PARTITION_KEY';
  retentionHours = 24;
  shardLevelMetrics: readonly ShardLevelMetric[] = [];
  /** Shards that the stream will have once it is made: they count against the quota while CREATING. */
  readonly initialShardCount: number;
  /** Instants of UpdateShardCount calls, for the quota of a rolling day. */
  shardCountUpdatesMs: readonly number[] = [];
  /** Instants at which the mode was switched, for the quota of a rolling day. */
  modeUpdatesMs: readonly number[] = [];
  /** Instants at which encryption was started and stopped, for their quotas of a rolling day. */
  encryptionStartsMs: readonly number[] = [];
  encryptionStopsMs: readonly number[] = [];
  readonly #cap: CapShare;
  readonly #limitScale: number | null;
  readonly #shards = new Map<ShardId, EngineShard>();
  #router: ShardRouter | null = null;
  #spreader: ShardSpreader | null = null;
  #nextShardIndex = 0;
  #status: StreamStatus = 'CREATING';
  #transition: Transition | null = null;
  #nextSweepMs = 0;
  #isGone = false;

  constructor(init: EngineStreamInit) {
    this.name = init.name;
    this.arn = init.arn;
    this.mode = init.mode;
    this.createdAtMs = init.createdAtMs;
    this.initialShardCount = init.initialShardCount;
    this.maxRecordKiB = init.maxRecordKiB;
    this.meter = init.meter;
    this.#cap = init.cap.openShare();
    this.#limitScale = init.limitScale;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** True once its deletion is complete. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Creation times travel as seconds with a fraction: compares what survives that. */
  wasCreatedAt(timeMs: number): boolean {
    return Math.floor(timeMs / 1_000) === Math.floor(this.createdAtMs / 1_000);
  }

  get retentionMs(): number {
    return this.retentionHours * 3_600_000;
  }

  /** Open shards and closed ones, ascending by id; up to a minute longer than retention keeps them. */
  get shards(): Iterable<EngineShard> {
    return this.#shards.values();
  }

  /** Open shards, ascending by range. */
  get openShards(): readonly EngineShard[] {
    return this.router.shards;
  }

  /** Routes over the present open shards; another one after each change of them. */
  get router(): ShardRouter {
    this.#router ??= new ShardRouter([...this.#shards.values()].filter((shard) => shard.isOpen));
    return this.#router;
  }

  /** Spreads over the present open shards, for records that no key places. */
  get spreader(): ShardSpreader {
    this.#spreader ??= new ShardSpreader(this.openShards);
    return this.#spreader;
  }

  /** @returns undefined where it is not, or no longer, there. */
  findShard(shardId: ShardId): EngineShard | undefined {
    return this.#shards.get(shardId);
  }

  /**
   * Opens shards over `ranges` in place of the shards that they come from, at one instant.
   * @param parents none for a new stream, one for a split, the left and the right one for a merge.
   */
  replaceShards(
    ranges: readonly HashRange[],
    parents: readonly EngineShard[],
    atMs: number,
  ): readonly EngineShard[] {
    for (const parent of parents) {
      parent.close(atMs);
    }
    this.#router = null;
    this.#spreader = null;
    return ranges.map((range) => this.#openShard(range, parents, atMs));
  }

  #openShard(range: HashRange, parents: readonly EngineShard[], atMs: number): EngineShard {
    const index = this.#nextShardIndex;
    this.#nextShardIndex += 1;
    const shard = new EngineShard({
      index,
      range,
      parents,
      openedAtMs: atMs,
      meter: this.meter.shard(shardIdOf(index)),
      cap: this.#cap,
      limitScale: this.#limitScale,
    });
    this.#shards.set(shard.shardId, shard);
    return shard;
  }

  /** Enters CREATING or UPDATING; `complete` runs at `doneAtMs`, and the stream is ACTIVE from then on. */
  begin(status: 'CREATING' | 'UPDATING', doneAtMs: number, complete: (atMs: number) => void): void {
    this.#status = status;
    this.#transition = {
      doneAtMs,
      complete: (atMs) => {
        complete(atMs);
        this.#status = 'ACTIVE';
      },
    };
  }

  /** Enters DELETING; whatever else was under way is given up. */
  beginDeletion(doneAtMs: number): void {
    this.#status = 'DELETING';
    this.#transition = { doneAtMs, complete: (atMs) => this.#vanish(atMs) };
  }

  /** Brings the stream to `nowMs`: completes a transition that is due, and drops what has expired. */
  settle(nowMs: number): void {
    const due = this.#transition;
    if (due !== null && due.doneAtMs <= nowMs) {
      this.#transition = null;
      due.complete(due.doneAtMs);
    }
    if (nowMs >= this.#nextSweepMs) {
      this.#nextSweepMs = nowMs + SWEEP_EVERY_MS;
      this.#sweep(nowMs);
    }
  }

  #sweep(nowMs: number): void {
    for (const shard of this.#shards.values()) {
      shard.log.trimBefore(nowMs - this.retentionMs);
      if (shard.isExpired(nowMs, this.retentionMs)) {
        shard.log.clear();
        this.#shards.delete(shard.shardId);
      }
    }
  }

  #vanish(atMs: number): void {
    for (const shard of this.#shards.values()) {
      shard.log.clear();
    }
    this.meter.enableShardMetrics([], atMs);
    this.#isGone = true;
  }
}
