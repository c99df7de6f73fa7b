import type { HashRange } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import { type Shard, type ShardId, shardIdOf } from '#lib/domain/shard.ts';
import type { ShardMeter } from '#server/local-aws/metering/shard-meter.ts';
import type { CapShare } from './byte-cap.ts';
import { RecordLog } from './record-log.ts';
import { ShardLimiter } from './shard-limiter.ts';

/** Sequence index of the number that ends a closed shard: above that of any record. */
const ENDING_SEQUENCE_INDEX = 0x7fff_ffff_ffff_ffffn;

/** Where the sequence index lies within a sequence number. */
const ORDINAL_SHIFT = 80n;

export type EngineShardInit = {
  readonly index: number;
  readonly range: HashRange;
  readonly parents: readonly EngineShard[];
  readonly openedAtMs: number;
  readonly meter: ShardMeter;
  readonly cap: CapShare;
  /** null: without limits. */
  readonly limitScale: number | null;
};

/** One shard: where it lies, what it holds, what it may take. */
export class EngineShard {
  readonly index: number;
  readonly shardId: ShardId;
  readonly range: HashRange;
  readonly parentShardIds: readonly ShardId[];
  readonly openedAtMs: number;
  readonly createdSeconds: number;
  readonly startingSequenceNumber: SequenceNumber;
  readonly log: RecordLog;
  readonly meter: ShardMeter;
  readonly limiter: ShardLimiter | null;
  readonly children: EngineShard[] = [];
  #closedAtMs: number | null = null;
  #endingSequenceNumber: SequenceNumber | null = null;
  #encodedSecond = -1;
  #encodedBase = 0n;

  constructor(init: EngineShardInit) {
    this.index = init.index;
    this.shardId = shardIdOf(init.index);
    this.range = init.range;
    this.parentShardIds = init.parents.map((parent) => parent.shardId);
    this.openedAtMs = init.openedAtMs;
    // Above the parents', also within one second: a key's sequence numbers then go on rising.
    this.createdSeconds = Math.max(
      Math.floor(init.openedAtMs / 1_000),
      ...init.parents.map((parent) => parent.createdSeconds + 1),
    );
    this.startingSequenceNumber = this.sequenceNumberAt(0, this.createdSeconds * 1_000);
    this.log = new RecordLog(init.cap);
    this.meter = init.meter;
    this.limiter = init.limitScale === null ? null : new ShardLimiter(init.limitScale);
    for (const parent of init.parents) {
      parent.children.push(this);
    }
  }

  get isOpen(): boolean {
    return this.#closedAtMs === null;
  }

  get closedAtMs(): number | null {
    return this.#closedAtMs;
  }

  close(atMs: number): void {
    this.#closedAtMs = atMs;
    this.#endingSequenceNumber = encodeSequenceNumber({
      shardCreatedSeconds: this.createdSeconds,
      sequenceIndex: ENDING_SEQUENCE_INDEX,
      recordSeconds: Math.floor(atMs / 1_000),
      shardIndex: this.index,
    });
  }

  /** A closed shard is gone when the last record that it could hold is. */
  isExpired(nowMs: number, retentionMs: number): boolean {
    // Its last record may have come in the instant in which it closed, and retention keeps that one for as long.
    return this.#closedAtMs !== null && this.#closedAtMs + retentionMs < nowMs;
  }

  /** Was the shard open at this instant? */
  wasOpenAt(timeMs: number): boolean {
    return this.openedAtMs <= timeMs && (this.#closedAtMs === null || timeMs < this.#closedAtMs);
  }

  /** The sequence number of the record with this ordinal: ordinals are its sequence index. */
  sequenceNumberAt(ordinal: number, arrivalMs: number): SequenceNumber {
    const second = Math.floor(arrivalMs / 1_000);
    if (second !== this.#encodedSecond) {
      // All fields but the index stay the same for a second: one addition then makes a number.
      this.#encodedSecond = second;
      this.#encodedBase = encodeSequenceNumber({
        shardCreatedSeconds: this.createdSeconds,
        sequenceIndex: 0n,
        recordSeconds: second,
        shardIndex: this.index,
      });
    }
    return (this.#encodedBase + (BigInt(ordinal) << ORDINAL_SHIFT)) as SequenceNumber;
  }

  /** The shard as callers see it. */
  describe(): Shard {
    return {
      shardId: this.shardId,
      range: this.range,
      parentShardId: this.parentShardIds[0] ?? null,
      adjacentParentShardId: this.parentShardIds[1] ?? null,
      startingSequenceNumber: this.startingSequenceNumber,
      endingSequenceNumber: this.#endingSequenceNumber,
    };
  }
}
