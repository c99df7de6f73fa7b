import type { Gate } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { backoffMs } from './backoff.ts';
import type { Rates } from './caps.ts';
import { RateLimit } from './rate-limit.ts';
import { type Pace, Schedule } from './schedule.ts';
import { Yielding } from './yielding.ts';

/** An open shard of the target, in order of hash keys, and what the whole run may write to it. */
export type PacedShard = { readonly shardId: ShardId; readonly cap: Rates };

export type PacerOptions = {
  readonly pace: Pace;
  readonly shards: readonly PacedShard[];
  /** What the whole run may write to all shards together. */
  readonly total: Rates;
  /** This worker's part of all rates, 0 .. 1 (`grantShare`). */
  readonly part: number;
  readonly startMs: number;
};

type Lane = {
  readonly shardId: ShardId;
  cap: Rates;
  readonly bytes: RateLimit;
  readonly records: RateLimit;
  readonly yielding: Yielding;
  /** Own records refused in a row, and until when nothing is sent for that. */
  failures: number;
  closedUntilMs: number;
};

/**
 * Says of each record whether it may be sent now: it is due, its shard has room by bytes and by records, the whole run
 * has, and the shard is not being backed off from. Times are milliseconds on any one steady clock.
 */
export class Pacer {
  readonly #schedule: Schedule;
  #lanes: readonly Lane[] = [];
  /** Without those that have been split or merged away. */
  #byShard: ReadonlyMap<ShardId, Lane> = new Map();
  readonly #totalBytes: RateLimit;
  readonly #totalRecords: RateLimit;
  #total: Rates;
  #part: number;
  #askAgainAtMs = Number.POSITIVE_INFINITY;

  constructor({ pace, shards, total, part, startMs }: PacerOptions) {
    this.#schedule = new Schedule(pace);
    this.#total = total;
    this.#part = part;
    this.#totalBytes = new RateLimit(scaled(total.bytesPerSecond, part), startMs);
    this.#totalRecords = new RateLimit(scaled(total.recordsPerSecond, part), startMs);
    this.setShards(shards, startMs);
  }

  /** For the making of one request. */
  gateAt(nowMs: number): Gate {
    this.#askAgainAtMs = Number.POSITIVE_INFINITY;
    return { tryTake: (lane, record) => this.#tryTake(lane, record, nowMs) };
  }

  /** When a record that the last gate refused may be sent; Infinity where it refused none. */
  get askAgainAtMs(): number {
    return this.#askAgainAtMs;
  }

  /**
   * Records of ours that the shard refused: it is left alone for a while, and gets less after.
   * @param chance at least 0, less than 1
   */
  refused(shardId: ShardId, nowMs: number, chance: number): void {
    const shard = this.#byShard.get(shardId);
    if (shard === undefined) return;
    shard.yielding.throttled(nowMs);
    shard.failures += 1;
    shard.closedUntilMs = Math.max(shard.closedUntilMs, nowMs + backoffMs(shard.failures, chance));
  }

  /** Records of ours that the shard took, after it had refused some. */
  taken(shardId: ShardId): void {
    const shard = this.#byShard.get(shardId);
    if (shard !== undefined) shard.failures = 0;
  }

  /** The shard refused records of others, more than it did before the replay. */
  refusedOthers(shardId: ShardId, nowMs: number): void {
    this.#byShard.get(shardId)?.yielding.throttled(nowMs);
  }

  /** Where less is sent than the caps allow, since somebody was refused. */
  yieldingShards(nowMs: number): readonly { readonly shardId: ShardId; readonly share: number }[] {
    return this.#lanes
      .map(({ shardId, yielding }) => ({ shardId, share: yielding.shareAt(nowMs) }))
      .filter(({ share }) => share < 1);
  }

  /** New caps, or other shards; a shard that was there before keeps what is remembered of it. */
  setShards(shards: readonly PacedShard[], nowMs: number): void {
    const known = this.#byShard;
    this.#lanes = shards.map((shard) => {
      const lane = known.get(shard.shardId);
      if (lane === undefined) return this.#newLane(shard, nowMs);
      lane.cap = shard.cap;
      return lane;
    });
    this.#byShard = new Map(this.#lanes.map((lane) => [lane.shardId, lane]));
  }

  setTotal(total: Rates): void {
    this.#total = total;
  }

  /** @param part 0 .. 1; 0 as soon as a share has run out */
  setPart(part: number): void {
    this.#part = part;
  }

  setPace(pace: Pace, nowMs: number): void {
    this.#schedule.change(pace, nowMs);
  }

  #newLane({ shardId, cap }: PacedShard, startMs: number): Lane {
    return {
      shardId,
      cap,
      bytes: new RateLimit(scaled(cap.bytesPerSecond, this.#part), startMs),
      records: new RateLimit(scaled(cap.recordsPerSecond, this.#part), startMs),
      yielding: new Yielding(),
      failures: 0,
      closedUntilMs: Number.NEGATIVE_INFINITY,
    };
  }

  #tryTake(lane: number, record: Sendable, nowMs: number): boolean {
    const shard = this.#lanes[lane];
    if (shard === undefined) return this.#askLater(nowMs + 1_000);
    const waitUntilMs = Math.max(shard.closedUntilMs, this.#schedule.dueAtMs(record.playMs, nowMs));
    if (waitUntilMs > nowMs) return this.#askLater(waitUntilMs);
    this.#applyRates(shard, nowMs);
    const { bytes } = record;
    const isAdmitted =
      shard.records.admits(nowMs, 1) &&
      shard.bytes.admits(nowMs, bytes) &&
      this.#totalRecords.admits(nowMs, 1) &&
      this.#totalBytes.admits(nowMs, bytes);
    if (!isAdmitted) return this.#askLater(this.#readyAtMs(shard, bytes, nowMs));
    shard.records.take(nowMs, 1);
    shard.bytes.take(nowMs, bytes);
    this.#totalRecords.take(nowMs, 1);
    this.#totalBytes.take(nowMs, bytes);
    this.#schedule.sent(record.playMs);
    return true;
  }

  #readyAtMs(shard: Lane, bytes: number, nowMs: number): number {
    return Math.max(
      nowMs + 1,
      shard.records.readyAtMs(nowMs, 1),
      shard.bytes.readyAtMs(nowMs, bytes),
      this.#totalRecords.readyAtMs(nowMs, 1),
      this.#totalBytes.readyAtMs(nowMs, bytes),
    );
  }

  #applyRates(shard: Lane, nowMs: number): void {
    const share = this.#part * shard.yielding.shareAt(nowMs);
    shard.bytes.perSecond = scaled(shard.cap.bytesPerSecond, share);
    shard.records.perSecond = scaled(shard.cap.recordsPerSecond, share);
    this.#totalBytes.perSecond = scaled(this.#total.bytesPerSecond, this.#part);
    this.#totalRecords.perSecond = scaled(this.#total.recordsPerSecond, this.#part);
  }

  #askLater(atMs: number): false {
    this.#askAgainAtMs = Math.min(this.#askAgainAtMs, atMs);
    return false;
  }
}

/** No part of no limit is nothing, where the part is none. */
function scaled(rate: number, part: number): number {
  return part === 0 ? 0 : rate * part;
}
