import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX } from '#lib/domain/hash-key.ts';
import type { TopologyView } from '#lib/live/stream-detail.ts';
import { lineageGhosts } from './lineage-ghosts.ts';
import { shardRow, uniformTopology } from './testing/ring-of.ts';

const HALF = 1n << 127n;
const QUARTER = 1n << 126n;

/** 0 was split into 1 and 2, then 1 into 3 and 4. */
const topology: TopologyView = {
  topologyId: 1,
  observedAtMs: 0,
  open: [
    shardRow(3, 0n, QUARTER - 1n, [1]),
    shardRow(4, QUARTER, HALF - 1n, [1]),
    shardRow(2, HALF, HASH_KEY_MAX, [0]),
  ],
  closed: [shardRow(0, 0n, HASH_KEY_MAX), shardRow(1, 0n, HALF - 1n, [0])],
};

describe('lineageGhosts', () => {
  it('puts each closed shard below all of its descendants', () => {
    const lineage = lineageGhosts(topology, 3);
    expect(lineage.generations).toBe(2);
    expect(lineage.ghosts.map((g) => [g.shardId, g.generation])).toEqual([
      ['shardId-000000000000', 2],
      ['shardId-000000000001', 1],
    ]);
  });

  it('counts what it leaves out', () => {
    const lineage = lineageGhosts(topology, 1);
    expect(lineage.generations).toBe(1);
    expect(lineage.olderCount).toBe(1);
  });

  it('draws nothing of a stream that was never resharded', () => {
    expect(lineageGhosts(uniformTopology(4), 3)).toEqual({
      ghosts: [],
      generations: 0,
      olderCount: 0,
    });
  });
});
