import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unpackFloats } from '#lib/domain/frame.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { getBindingLimit } from './get-binding-limit.ts';
import { listPastRings } from './list-past-rings.ts';
import { createTopologyCache } from './topology-cache.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);
const MIB = 1_048_576;
const WHOLE = { from: 0, to: 1 };

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let ctx: { database: Database; topologies: ReturnType<typeof createTopologyCache> };

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
  seed = seedOf(database);
  ctx = { database, topologies: createTopologyCache() };
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

/** A stream that was split after `before` periods of 5 s; bytes a second by place, null for no frame. */
async function seedSplit(
  before: readonly (number | null)[],
  after: readonly (readonly number[])[],
) {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const parent = await seed.topology({ streamId, openShardCount: 1 });
  for (const [i, bytes] of before.entries()) {
    if (bytes === null) continue;
    await seed.frame({
      streamId,
      topologyId: parent,
      periodStartMs: T0 + i * 5_000,
      shardCount: 1,
      stream: { IncomingBytes: bytes * 5 },
      shards: { IncomingBytes: [bytes * 5] },
    });
  }
  const children = await seed.topology({ streamId, openShardCount: 2, firstIndex: 1 });
  for (const [i, shards] of after.entries()) {
    await seed.frame({
      streamId,
      topologyId: children,
      periodStartMs: T0 + (before.length + i) * 5_000,
      shardCount: 2,
      stream: { IncomingBytes: shards.reduce((a, b) => a + b) * 5 },
      shards: { IncomingBytes: shards.map((bytes) => bytes * 5) },
    });
  }
  return { streamId, parent, children };
}

describe('past maps', () => {
  test('come in the topology of then, each with its own figures, and say geometry once', async () => {
    const { streamId, parent, children } = await seedSplit([MIB, null, MIB / 2], [[MIB / 4, 0]]);
    const input = { streamId, periodSeconds: 5, fromMs: T0, count: 24, window: WHOLE };
    const maps = await listPastRings({ ctx, input });
    expect(maps.map((map) => [map.period?.periodStartMs, map.topologyId])).toEqual([
      [T0, parent],
      [T0 + 10_000, parent],
      [T0 + 15_000, children],
    ]);
    expect(maps.map((map) => map.geometry !== null)).toEqual([true, false, true]);
    const use = maps.map((map) => [...unpackFloats(Buffer.from(map.use, 'base64'))]);
    expect(use).toEqual([[1], [0.5], [0.25, 0]]);
  });

  test('end where they were asked to', async () => {
    const { streamId } = await seedSplit([1, 1, 1], []);
    const input = { streamId, periodSeconds: 5, fromMs: T0 + 5_000, count: 1, window: WHOLE };
    const maps = await listPastRings({ ctx, input });
    expect(maps.map((map) => map.period?.periodStartMs)).toEqual([T0 + 5_000]);
    expect(await listPastRings({ ctx, input: { ...input, periodSeconds: 60 } })).toEqual([]);
  });
});

/**
 * A minute of a stream in the middle of which its first shard was split; the second one went on as it was. Each of
 * the two halves is stored with the topology of then, as a roll-up leaves it.
 */
async function seedSplitMinute(periodStartMs: number, bytesOfSecond: readonly [number, number]) {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const minute = { streamId, periodStartMs, periodSeconds: 60 };
  const before = await seed.topology({ streamId, openShardCount: 2 });
  await seed.frame({
    ...minute,
    topologyId: before,
    shardCount: 2,
    stream: { IncomingBytes: (0.4 * MIB + bytesOfSecond[0]) * 30 },
    shards: { IncomingBytes: [0.4 * MIB * 30, bytesOfSecond[0] * 30] },
  });
  const after = await seed.topology({ streamId, openShardCount: 3, firstIndex: 1 });
  await seed.frame({
    ...minute,
    topologyId: after,
    shardCount: 3,
    stream: { IncomingBytes: (0.4 * MIB + bytesOfSecond[1]) * 30 },
    shards: { IncomingBytes: [bytesOfSecond[1] * 30, 0.2 * MIB * 30, 0.2 * MIB * 30] },
  });
  return { streamId, before, after };
}

describe('a period in the middle of which the stream was resharded', () => {
  test('is played with all that a shard did in it that the change left alone', async () => {
    const { streamId, after } = await seedSplitMinute(T0, [0.9 * MIB, 0.7 * MIB]);
    const input = { streamId, periodSeconds: 60, fromMs: T0, count: 2, window: WHOLE };
    const maps = await listPastRings({ ctx, input });
    expect(maps.map((map) => map.topologyId)).toEqual([after]);
    const use = [...unpackFloats(Buffer.from(maps[0]?.use ?? '', 'base64'))];
    expect(use[0]).toBeCloseTo(0.8, 5);
    expect(use.slice(1)).toEqual([expect.closeTo(0.1, 5), expect.closeTo(0.1, 5)]);
  });

  test('does not end how long a limit has bound', async () => {
    const { streamId, after } = await seedSplitMinute(T0 - 60_000, [0.95 * MIB, 0.95 * MIB]);
    await seed.frame({
      streamId,
      topologyId: after,
      periodStartMs: T0,
      shardCount: 3,
      shards: { IncomingBytes: [0.9 * 5 * MIB, 0, 0] },
    });
    const input = { streamId, shardId: 'shardId-000000000001' };
    expect(await getBindingLimit({ ctx, input })).toMatchObject({
      sinceMs: T0 - 60_000,
      atLeast: true,
      resolutionSeconds: 60,
    });
  });
});

describe('the limit that binds', () => {
  test('has bound a shard since its use was last below the threshold', async () => {
    const { streamId } = await seedSplit(
      [MIB],
      [
        [0, 0],
        [MIB, 0],
        [MIB * 0.9, 0],
      ],
    );
    const binding = await getBindingLimit({
      ctx,
      input: { streamId, shardId: 'shardId-000000000001' },
    });
    expect(binding).toMatchObject({
      limit: 'writeBytes',
      sinceMs: T0 + 10_000,
      atLeast: false,
      resolutionSeconds: 5,
    });
    expect(binding?.use).toBeCloseTo(0.9, 5);
  });

  test('of a shard made by a split is known since then, and no longer', async () => {
    const { streamId } = await seedSplit([MIB], [[MIB, 0]]);
    const input = { streamId, shardId: 'shardId-000000000001' };
    expect(await getBindingLimit({ ctx, input })).toMatchObject({
      sinceMs: T0 + 5_000,
      atLeast: true,
    });
  });

  test('a stream as a whole is bound by what all of its shards take together', async () => {
    const { streamId } = await seedSplit(
      [0.2 * MIB, 0.85 * MIB],
      [
        [MIB, 0.9 * MIB],
        [MIB, 0.8 * MIB],
      ],
    );
    const whole = { streamId, shardId: null };
    expect(await getBindingLimit({ ctx, input: whole })).toMatchObject({
      limit: 'writeBytes',
      sinceMs: T0 + 5_000,
      atLeast: false,
    });
    const cold = { streamId, shardId: 'shardId-000000000002' };
    expect(await getBindingLimit({ ctx, input: cold })).toMatchObject({ atLeast: true });
    expect(await getBindingLimit({ ctx, input: { ...cold, shardId: 'none' } })).toBeNull();
  });

  test('a past that is kept in longer periods is counted too', async () => {
    const { streamId, parent } = await seedSplit([MIB, MIB], []);
    for (const [minutesBefore, bytes] of [
      [3, 0.5],
      [2, 0.9],
      [1, 0.95],
    ] as const) {
      await seed.frame({
        streamId,
        topologyId: parent,
        periodStartMs: T0 - minutesBefore * 60_000,
        periodSeconds: 60,
        shardCount: 1,
        shards: { IncomingBytes: [bytes * 60 * MIB] },
      });
    }
    const input = { streamId, shardId: 'shardId-000000000000' };
    expect(await getBindingLimit({ ctx, input })).toMatchObject({
      sinceMs: T0 - 120_000,
      atLeast: false,
      resolutionSeconds: 60,
    });
  });
});
