import { expect, it } from 'vitest';
import { ringShard, ringShards } from './ring-shards.ts';
import { shardRow, uniformTopology } from './testing/ring-of.ts';

it('lays the ring out from 0 to 1 without a hole', () => {
  const ring = ringShards(uniformTopology(3));
  expect(ring[0]?.start).toBe(0);
  expect(ring[2]?.end).toBe(1);
  expect(ring[1]?.start).toBe(ring[0]?.end);
  expect(ring[1]?.end).toBeCloseTo(2 / 3);
});

it('refuses what is not a hash key', () => {
  const broken = { ...shardRow(0, 0n, 9n), endingHashKey: '0x10' };
  expect(() => ringShard(broken)).toThrow('Not a hash key: 0x10');
});
