import type { Database } from '#server/db/client.ts';
import { readTopologies } from '#server/db/read/topologies.ts';
import { type TopologyShape, topologyShape } from './topology-shape.ts';

/** About 300 bytes a shard: this many take some 60 MB. */
const SHARDS_MAX = 200_000;

/** Topologies by id, the least recently used ones dropped. They never change, so they never go stale. */
export type TopologyCache = {
  /** Those that are stored, of the ids asked for. */
  readonly get: (
    database: Database,
    topologyIds: readonly number[],
  ) => Promise<ReadonlyMap<number, TopologyShape>>;
};

export function createTopologyCache(shardsMax = SHARDS_MAX): TopologyCache {
  // A Map keeps the order of insertion: the first key is the least recently used.
  const shapes = new Map<number, TopologyShape>();
  let shardCount = 0;

  function keep(shape: TopologyShape): void {
    if (shapes.has(shape.view.topologyId)) return;
    shapes.set(shape.view.topologyId, shape);
    shardCount += sizeOf(shape);
    for (const [id, oldest] of shapes) {
      if (shardCount <= shardsMax || shapes.size === 1) break;
      shapes.delete(id);
      shardCount -= sizeOf(oldest);
    }
  }

  return {
    async get(database, topologyIds) {
      const found = new Map<number, TopologyShape>();
      const missing: number[] = [];
      for (const id of new Set(topologyIds)) {
        const shape = shapes.get(id);
        if (shape === undefined) {
          missing.push(id);
          continue;
        }
        shapes.delete(id);
        shapes.set(id, shape);
        found.set(id, shape);
      }
      for (const stored of await readTopologies(database, missing)) {
        const shape = topologyShape(stored);
        keep(shape);
        found.set(stored.topologyId, shape);
      }
      return found;
    },
  };
}

function sizeOf(shape: TopologyShape): number {
  return shape.view.open.length + shape.view.closed.length;
}
