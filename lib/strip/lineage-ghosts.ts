import type { TopologyView } from '#lib/live/stream-detail.ts';
import { ringShard } from './ring-shards.ts';

/** A closed shard below the frames. `generation` 1 is the parent of an open shard, 2 its parent, ... */
export type LineageGhost = {
  readonly shardId: string;
  readonly start: number;
  readonly end: number;
  readonly generation: number;
};

export type Lineage = {
  readonly ghosts: readonly LineageGhost[];
  /** Rows to draw, 0 .. `generationsMax`. */
  readonly generations: number;
  /** Closed shards of older generations, which are not drawn. */
  readonly olderCount: number;
};

/**
 * Closed shards under the open ones that came of them. A shard stands below all of its descendants, so that
 * no two of a row overlap: shards of one generation that share hash keys would be parent and child.
 */
export function lineageGhosts(topology: TopologyView, generationsMax: number): Lineage {
  const childrenOf = new Map<string, string[]>();
  for (const shard of [...topology.open, ...topology.closed]) {
    for (const parent of [shard.parentShardId, shard.adjacentParentShardId]) {
      if (parent === null) continue;
      const children = childrenOf.get(parent);
      if (children === undefined) childrenOf.set(parent, [shard.shardId]);
      else children.push(shard.shardId);
    }
  }
  const generationOf = generations(topology, childrenOf);
  const ghosts: LineageGhost[] = [];
  let olderCount = 0;
  for (const row of topology.closed) {
    const generation = generationOf.get(row.shardId) ?? 1;
    if (generation > generationsMax) {
      olderCount += 1;
      continue;
    }
    const { shardId, start, end } = ringShard(row);
    ghosts.push({ shardId, start, end, generation });
  }
  return {
    ghosts,
    generations: ghosts.reduce((most, ghost) => Math.max(most, ghost.generation), 0),
    olderCount,
  };
}

/**
 * Steps from each shard to its farthest open descendant. Children have higher numbers than their parents, so
 * one walk from the newest to the oldest sees each child before its parents, without recursion.
 */
function generations(
  topology: TopologyView,
  childrenOf: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const result = new Map<string, number>(topology.open.map((shard) => [shard.shardId, 0]));
  const newestFirst = [...topology.closed].sort((a, b) => compareIds(b.shardId, a.shardId));
  for (const shard of newestFirst) {
    const children = childrenOf.get(shard.shardId) ?? [];
    result.set(
      shard.shardId,
      1 + children.reduce((most, child) => Math.max(most, result.get(child) ?? 0), 0),
    );
  }
  return result;
}

/** By number: ids are padded to 12 digits, and longer ones are younger. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
