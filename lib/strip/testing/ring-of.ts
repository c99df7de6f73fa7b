import { HASH_KEY_MAX } from '#lib/domain/hash-key.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { ShardRow, TopologyView } from '#lib/live/stream-detail.ts';

/** A shard on the wire, for tests. */
export function shardRow(
  index: number,
  start: bigint,
  end: bigint,
  parents: readonly number[] = [],
): ShardRow {
  const [parent, adjacent] = parents;
  return {
    shardId: shardIdOf(index),
    startingHashKey: String(start),
    endingHashKey: String(end),
    parentShardId: parent === undefined ? null : shardIdOf(parent),
    adjacentParentShardId: adjacent === undefined ? null : shardIdOf(adjacent),
    startingSequenceNumber: '1',
    endingSequenceNumber: null,
  };
}

/** `count` open shards of equal width. */
export function uniformTopology(count: number): TopologyView {
  return {
    topologyId: 1,
    observedAtMs: 0,
    open: uniformRanges(count).map((range, i) => shardRow(i, range.start, range.end)),
    closed: [],
  };
}

/** Open shards cut at these fractions of the ring, given in 65,536ths. */
export function topologyCutAt(cuts: readonly number[]): TopologyView {
  const starts = [...new Set([0, ...cuts])].sort((a, b) => a - b).map((cut) => BigInt(cut) << 112n);
  return {
    topologyId: 1,
    observedAtMs: 0,
    open: starts.map((start, i) => shardRow(i, start, (starts[i + 1] ?? HASH_KEY_MAX + 1n) - 1n)),
    closed: [],
  };
}
