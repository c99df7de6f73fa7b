import { decodeSequenceNumber, type SequenceNumber } from './sequence-number.ts';
import { isOpen, type Shard, type ShardId } from './shard.ts';

/** What ListShards told at `observedAtMs` (epoch milliseconds on AWS's clock). */
export type ObservedShards = { readonly observedAtMs: number; readonly shards: readonly Shard[] };

/** A shard from its creation to its end, expired ones included. */
export type LineageShard = {
  /** As it was last reported. */
  readonly shard: Shard;
  /** `expired`: ListShards no longer reports it; what is said of it was seen before. */
  readonly state: 'open' | 'closed' | 'expired';
  /**
   * Epoch milliseconds, to the second: from the shard's first sequence number. null where that does not
   * decode: unknown.
   */
  readonly createdAtMs: number | null;
  /**
   * When it took its last record: the creation of its first child, else the time in its last sequence number.
   * null while it is open, and where neither is known.
   */
  readonly endedAtMs: number | null;
  /** In order of their ranges; empty for an open shard and where no child was ever seen. */
  readonly childIds: readonly ShardId[];
};

/**
 * The family of a stream's shards, oldest first, from all that was observed of it.
 * @param observed oldest first; the last one is what is true now
 */
export function lineageOf(observed: readonly ObservedShards[]): readonly LineageShard[] {
  const newest = new Map<ShardId, Shard>();
  for (const { shards } of observed) {
    for (const shard of shards) newest.set(shard.shardId, shard);
  }
  const present = new Set(observed.at(-1)?.shards.map((shard) => shard.shardId));
  const childrenOf = groupByParent([...newest.values()]);
  return [...newest.values()]
    .map((shard): LineageShard => {
      const children = childrenOf.get(shard.shardId) ?? [];
      return {
        shard,
        state: present.has(shard.shardId) ? (isOpen(shard) ? 'open' : 'closed') : 'expired',
        createdAtMs: creationOf(shard),
        endedAtMs: endOf(shard, children),
        childIds: children.map((child) => child.shardId),
      };
    })
    .sort(byCreation);
}

/** True where the shard existed and was open at `atMs`; null where its times are not known. */
export function wasOpenAt(shard: LineageShard, atMs: number): boolean | null {
  if (shard.createdAtMs === null) return null;
  if (atMs < shard.createdAtMs) return false;
  if (shard.state === 'open') return true;
  return shard.endedAtMs === null ? null : atMs < shard.endedAtMs;
}

function groupByParent(shards: readonly Shard[]): ReadonlyMap<ShardId, readonly Shard[]> {
  const childrenOf = new Map<ShardId, Shard[]>();
  const inRangeOrder = [...shards].sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  for (const shard of inRangeOrder) {
    for (const parent of [shard.parentShardId, shard.adjacentParentShardId]) {
      if (parent === null) continue;
      const children = childrenOf.get(parent);
      if (children === undefined) childrenOf.set(parent, [shard]);
      else children.push(shard);
    }
  }
  return childrenOf;
}

function creationOf(shard: Shard): number | null {
  const fields = decodeSequenceNumber(shard.startingSequenceNumber);
  return fields === null ? null : fields.shardCreatedSeconds * 1000;
}

function endOf(shard: Shard, children: readonly Shard[]): number | null {
  const births = children.map(creationOf).filter((birth) => birth !== null);
  if (births.length > 0) return births.reduce((first, birth) => Math.min(first, birth));
  return shard.endingSequenceNumber === null ? null : recordTimeOf(shard.endingSequenceNumber);
}

function recordTimeOf(sequenceNumber: SequenceNumber): number | null {
  const fields = decodeSequenceNumber(sequenceNumber);
  return fields === null ? null : fields.recordSeconds * 1000;
}

/** Unknown creation first: such a shard is older than what can be told. Then by number, as Kinesis counts. */
function byCreation(a: LineageShard, b: LineageShard): number {
  const byTime = (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0);
  if (byTime !== 0) return byTime;
  const [one, other] = [a.shard.shardId, b.shard.shardId];
  return one.length - other.length || (one < other ? -1 : 1);
}
