import type { HashRange } from './hash-range.ts';
import type { SequenceNumber } from './sequence-number.ts';

/** `shardId-` and at least 12 decimal digits, as Kinesis names shards. */
export type ShardId = string;

/** A shard as ListShards reports it. Open while it has no ending sequence number. */
export type Shard = {
  readonly shardId: ShardId;
  readonly range: HashRange;
  /** Set on a child of a split or a merge. */
  readonly parentShardId: ShardId | null;
  /** Set on a child of a merge: the right one of its two parents. */
  readonly adjacentParentShardId: ShardId | null;
  readonly startingSequenceNumber: SequenceNumber;
  readonly endingSequenceNumber: SequenceNumber | null;
};

export function isOpen(shard: Shard): boolean {
  return shard.endingSequenceNumber === null;
}

export function shardIdOf(index: number): ShardId {
  return `shardId-${String(index).padStart(12, '0')}`;
}

/** The number in a shard id, or null where the id has another form. */
export function shardIndexOf(shardId: ShardId): number | null {
  const digits = /^shardId-(\d{12,})$/.exec(shardId)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Ascending by first hash key: the order in which the strip draws shards. */
export function byRangeStart(a: Shard, b: Shard): number {
  return a.range.start < b.range.start ? -1 : a.range.start > b.range.start ? 1 : 0;
}
