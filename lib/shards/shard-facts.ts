import { parseHashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, hashRange, rangeShare } from '#lib/domain/hash-range.ts';
import { decodeSequenceNumber, parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardState } from '#lib/live/shard-page.ts';
import type { ShardRow, TopologyView } from '#lib/live/stream-detail.ts';

/** What does not change while a topology is in force. */
export type ShardFacts = {
  readonly shard: ShardRow;
  readonly state: ShardState;
  /** Column of this shard in a frame of its topology; null for one that is not open. */
  readonly place: number | null;
  readonly range: HashRange;
  /** Share of the ring, 0 .. 1. */
  readonly share: number;
  readonly parents: readonly string[];
  /** From the starting sequence number; null where its layout is another one. */
  readonly createdAtMs: number | null;
};

/** Open shards in range order, then closed ones in the order of the listing. */
export function shardFacts(topology: TopologyView): readonly ShardFacts[] {
  return [
    ...topology.open.map((shard, place) => factsOf(shard, 'open', place)),
    ...topology.closed.map((shard) => factsOf(shard, 'closed', null)),
  ];
}

/** @throws RangeError where a hash key is none: a defect, not a state to show */
export function factsOf(shard: ShardRow, state: ShardState, place: number | null): ShardFacts {
  const range = rangeOf(shard);
  return {
    shard,
    state,
    place,
    range,
    share: rangeShare(range),
    parents: [shard.parentShardId, shard.adjacentParentShardId].filter((id) => id !== null),
    createdAtMs: createdAtMs(shard.startingSequenceNumber),
  };
}

/** Shards by the id of their parents. */
export function childrenByParent(facts: readonly ShardFacts[]): ReadonlyMap<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { shard, parents } of facts) {
    for (const parent of parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [shard.shardId]);
      else known.push(shard.shardId);
    }
  }
  return children;
}

function rangeOf(shard: ShardRow): HashRange {
  const start = parseHashKey(shard.startingHashKey);
  const end = parseHashKey(shard.endingHashKey);
  if (start === null || end === null) {
    throw new RangeError(`${shard.shardId} has no hash range`);
  }
  return hashRange(start, end);
}

function createdAtMs(startingSequenceNumber: string): number | null {
  const parsed = parseSequenceNumber(startingSequenceNumber);
  const fields = parsed === null ? null : decodeSequenceNumber(parsed);
  return fields === null ? null : fields.shardCreatedSeconds * 1_000;
}
