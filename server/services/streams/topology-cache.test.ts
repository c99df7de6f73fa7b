import { expect, test, vi } from 'vitest';
import type { Database } from '#server/db/client.ts';
import { readTopologies } from '#server/db/read/topologies.ts';
import { openShards } from '#server/services/testing/seed.ts';
import { createTopologyCache } from './topology-cache.ts';

vi.mock(import('#server/db/read/topologies.ts'), () => ({ readTopologies: vi.fn() }));
const read = vi.mocked(readTopologies);

/** Never asked: `readTopologies` is replaced. */
const nowhere = null as unknown as Database;

const stored = (topologyId: number, shardCount: number) => ({
  topologyId,
  streamId: 1,
  observedAtMs: 0,
  shards: openShards(shardCount, 0),
});

function store(shardCount: number): void {
  read.mockReset();
  read.mockImplementation(async (_database, ids) => ids.map((id) => stored(id, shardCount)));
}

const askedFor = () => read.mock.calls.map(([, ids]) => ids).filter((ids) => ids.length > 0);

test('each topology is read once', async () => {
  store(2);
  const cache = createTopologyCache();
  await cache.get(nowhere, [1, 2, 2]);
  const again = await cache.get(nowhere, [2, 3]);
  expect([...again.keys()].sort()).toEqual([2, 3]);
  expect(askedFor()).toEqual([[1, 2], [3]]);
});

test('one that is not stored is left out, and asked for again', async () => {
  read.mockReset();
  read.mockResolvedValue([]);
  const cache = createTopologyCache();
  expect((await cache.get(nowhere, [9])).size).toBe(0);
  await cache.get(nowhere, [9]);
  expect(askedFor()).toEqual([[9], [9]]);
});

test('the least recently used go first where there are too many shards', async () => {
  store(10);
  const cache = createTopologyCache(25);
  await cache.get(nowhere, [1]);
  await cache.get(nowhere, [2]);
  await cache.get(nowhere, [1]);
  await cache.get(nowhere, [3]);
  await cache.get(nowhere, [1, 3]);
  expect(askedFor()).toEqual([[1], [2], [3]]);
  await cache.get(nowhere, [2]);
  expect(askedFor().at(-1)).toEqual([2]);
});

test('one that alone is too large is kept all the same: it is in use', async () => {
  store(100);
  const cache = createTopologyCache(25);
  await cache.get(nowhere, [1]);
  await cache.get(nowhere, [1]);
  expect(askedFor()).toEqual([[1]]);
});
