import type { TopologyShape } from './topology-shape.ts';

/** The open shards of each topology, in the order of its frames' columns. */
export function openShardIds(
  shapes: ReadonlyMap<number, TopologyShape>,
): ReadonlyMap<number, readonly string[]> {
  return new Map(
    [...shapes].map(([id, { view }]) => [id, view.open.map((shard) => shard.shardId)]),
  );
}
