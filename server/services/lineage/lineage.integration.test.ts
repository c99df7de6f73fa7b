import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { type StoredShard, topology } from '#server/db/schema.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { findKeyHolders } from './find-key-holders.ts';
import { getLineageMap } from './get-lineage-map.ts';
import { getLineageShard } from './get-lineage-shard.ts';
import { placeKeys } from './place-keys.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);
const END = 2n ** 128n - 1n;
const MIDDLE = 2n ** 127n;

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let ctx: Parameters<typeof getLineageMap>[0]['ctx'];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
  seed = seedOf(database);
  ctx = { database, topologies: createTopologyCache(), hub: { current: () => null } };
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const sequence = (index: number, createdMs: number, recordMs: number) =>
  String(
    encodeSequenceNumber({
      shardCreatedSeconds: createdMs / 1_000,
      recordSeconds: recordMs / 1_000,
      shardIndex: index,
      sequenceIndex: 0n,
    }),
  );

function stored(args: {
  index: number;
  from: bigint;
  to: bigint;
  createdMs: number;
  endedMs?: number;
  parents?: readonly [number, number?];
}): StoredShard {
  const { index, from, to, createdMs, endedMs, parents } = args;
  const [parent, adjacent] = parents ?? [];
  return {
    shardId: shardIdOf(index),
    startingHashKey: String(from),
    endingHashKey: String(to),
    parentShardId: parent === undefined ? null : shardIdOf(parent),
    adjacentParentShardId: adjacent === undefined ? null : shardIdOf(adjacent),
    startingSequenceNumber: sequence(index, createdMs, createdMs),
    endingSequenceNumber: endedMs === undefined ? null : sequence(index, createdMs, endedMs),
  };
}

/** A shard that was split at 10 s and merged again at 20 s; then the first one expired. */
async function seedHistory(): Promise<number> {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const root = { index: 0, from: 0n, to: END, createdMs: T0 };
  const left = {
    index: 1,
    from: 0n,
    to: MIDDLE - 1n,
    createdMs: T0 + 10_000,
    parents: [0],
  } as const;
  const right = { index: 2, from: MIDDLE, to: END, createdMs: T0 + 10_000, parents: [0] } as const;
  const whole = { index: 3, from: 0n, to: END, createdMs: T0 + 20_000, parents: [1, 2] } as const;
  const ended = { endedMs: T0 + 20_000 };
  const states: readonly (readonly StoredShard[])[] = [
    [stored(root)],
    [stored(left), stored(right), stored({ ...root, endedMs: T0 + 10_000 })],
    [
      stored(whole),
      stored({ ...root, endedMs: T0 + 10_000 }),
      stored({ ...left, ...ended }),
      stored({ ...right, ...ended }),
    ],
    [stored(whole), stored({ ...left, ...ended }), stored({ ...right, ...ended })],
  ];
  for (const [i, shards] of states.entries()) {
    const id = await seed.topology({ streamId, openShardCount: 1, firstIndex: 100 + i });
    await database.db
      .update(topology)
      .set({ shards: [...shards] })
      .where(eq(topology.id, id));
  }
  return streamId;
}

test('the lineage tells of shards that are open, closed, and no longer reported', async () => {
  const streamId = await seedHistory();
  const frame = { window: { from: 0, to: 1 }, fromMs: T0 - 1_000, toMs: T0 + 30_000 };
  const map = await getLineageMap({ ctx, input: { streamId, ...frame } });
  expect(map).toMatchObject({
    counts: { open: 1, closed: 2, expired: 1 },
    undatedCount: 0,
    oldestCreatedAtMs: T0,
  });
  expect(
    map.bands.map(({ shard, state, start, end, createdAtMs, endedAtMs }) => [
      shard?.shard.shardId,
      state,
      [start, end],
      [createdAtMs, endedAtMs],
    ]),
  ).toEqual([
    [shardIdOf(0), 'expired', [0, 1], [T0, T0 + 10_000]],
    [shardIdOf(1), 'closed', [0, 0.5], [T0 + 10_000, T0 + 20_000]],
    [shardIdOf(3), 'open', [0, 1], [T0 + 20_000, null]],
    [shardIdOf(2), 'closed', [0.5, 1], [T0 + 10_000, T0 + 20_000]],
  ]);
  expect(map.marks).toEqual([
    { kind: 'split', at: 0.5, atMs: T0 + 10_000, count: 1 },
    { kind: 'merge', at: 0.5, atMs: T0 + 20_000, count: 1 },
  ]);
});

test('a shard tells its family, and what became of it', async () => {
  const streamId = await seedHistory();
  const family = (index: number) =>
    getLineageShard({ ctx, input: { streamId, shardId: shardIdOf(index) } });
  await expect(family(1)).resolves.toMatchObject({
    state: 'closed',
    parents: [{ shardId: shardIdOf(0), state: 'expired' }],
    children: [{ shardId: shardIdOf(3), state: 'open' }],
  });
  await expect(family(9)).rejects.toMatchObject({ kind: 'not-found' });
});

test('a key is held by the open shard, and was held by those before it', async () => {
  const streamId = await seedHistory();
  const hashKey = String(MIDDLE);
  const { holders } = await findKeyHolders({ ctx, input: { streamId, hashKey } });
  expect(holders.map(({ shard, state }) => [shard.shardId, state])).toEqual([
    [shardIdOf(3), 'open'],
    [shardIdOf(2), 'closed'],
    [shardIdOf(0), 'expired'],
  ]);
  await expect(
    findKeyHolders({ ctx, input: { streamId, hashKey: String(END + 1n) } }),
  ).rejects.toMatchObject({ kind: 'invalid' });
});

test('keys are placed among the open shards', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  await seed.topology({ streamId, openShardCount: 4 });
  const hashKeys = ['0', String(MIDDLE - 1n), String(MIDDLE), String(END)];
  const { shardIds } = await placeKeys({ ctx, input: { streamId, hashKeys } });
  expect(shardIds).toEqual([0, 1, 2, 3].map(shardIdOf));
});
