import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackFloats } from '#lib/domain/frame.ts';
import { WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import type { ShardArrangement } from '#lib/shards/arrange-shards.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readCurrentStreamsById } from '#server/db/read/current-streams.ts';
import { openShards, seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { currentViews } from './current-view.ts';
import { exportShards } from './export-shards.ts';
import { getRingMap } from './get-ring-map.ts';
import { getShard, type ShardChoice } from './get-shard.ts';
import { listShards } from './list-shards.ts';
import { createTopologyCache } from './topology-cache.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);
const PERIOD_MS = 5_000;
const LARGE = 10_000;

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let ctx: Parameters<typeof listShards>[0]['ctx'];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => {} });
  seed = seedOf(database);
  // Nobody watches: what is asked for comes from the database.
  ctx = { database, topologies: createTopologyCache(), hub: { current: () => null } };
  await seed.connection('main');
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const byUse: ShardArrangement = {
  search: '',
  filter: 'all',
  abovePercent: null,
  withClosed: false,
  withExpired: false,
  sort: 'use',
  direction: 'desc',
};
const newest = (streamId: number) => ({ streamId, at: null, heardMs: null });

/** `count` shards that take as many records a period as their place says, times five. */
async function seedStream(count: number, periodStartMs = T0) {
  const streamId = await seed.stream({ connection: 'main', name: `of-${count}` });
  const topologyId = await seed.topology({ streamId, openShardCount: count });
  const write = (startMs: number, factor = 1) =>
    seed.frame({
      streamId,
      topologyId,
      periodStartMs: startMs,
      shardCount: count,
      shards: { IncomingRecords: Array.from({ length: count }, (_, place) => place * factor) },
    });
  await write(periodStartMs);
  return { streamId, topologyId, write };
}

const rows = (streamId: number, changes: Partial<Parameters<typeof listShards>[0]['input']> = {}) =>
  listShards({
    ctx,
    input: {
      ...newest(streamId),
      arrangement: byUse,
      offset: 0,
      limit: 3,
      chosenShardId: null,
      aroundChosen: false,
      ...changes,
    },
  });

const one = (streamId: number, choice: ShardChoice) =>
  getShard({ ctx, input: { ...newest(streamId), choice } });

test('a map of 10,000 shards is a thousand cells, the worst shard of each named', async () => {
  const { streamId, topologyId } = await seedStream(LARGE);
  const input = { ...newest(streamId), window: WHOLE_WINDOW, knownTopologyId: null };
  const map = await getRingMap({ ctx, input });
  expect(map.geometry?.starts).toHaveLength(1_024);
  expect(map.geometry?.alone).toEqual([]);
  expect(map.period).toMatchObject({ periodStartMs: T0, periodSeconds: 5 });
  const use = unpackFloats(Buffer.from(map.use, 'base64'));
  const last = map.geometry?.firstPlaces.at(-1) ?? 0;
  expect(last + (map.worst.at(-1) ?? 0)).toBe(LARGE - 1);
  expect(use.at(-1)).toBeCloseTo((LARGE - 1) / 5 / 1_000);

  const again = await getRingMap({ ctx, input: { ...input, knownTopologyId: topologyId } });
  expect(again).toEqual({ ...map, geometry: null });
});

test('through a narrow window the shards stand alone, with their exact sums', async () => {
  const { streamId } = await seedStream(LARGE);
  const window = { from: 0.5, to: 0.501 };
  const map = await getRingMap({
    ctx,
    input: { ...newest(streamId), window, knownTopologyId: null },
  });
  expect(map.geometry?.alone.map(({ shardId }) => shardId).slice(0, 2)).toEqual([
    'shardId-000000005000',
    'shardId-000000005001',
  ]);
  const count = map.geometry?.alone.length ?? 0;
  const values = unpackFloats(Buffer.from(map.aloneValues, 'base64'));
  // IncomingRecords is the second metric of a frame.
  expect([...values.slice(count, count + 2)]).toEqual([5_000, 5_001]);
});

test('rows of an answer are in order, of one period, and say where the chosen shard is', async () => {
  const { streamId } = await seedStream(LARGE);
  const page = await rows(streamId, { offset: 10, chosenShardId: 'shardId-000000000042' });
  expect(page).toMatchObject({
    matched: LARGE,
    offset: 10,
    counts: { open: LARGE, closed: 0, expired: null },
    chosenAt: LARGE - 1 - 42,
    chosenState: 'open',
  });
  expect(page.lines.map(({ shard, place }) => [shard.shardId, place])).toEqual([
    ['shardId-000000009989', 9_989],
    ['shardId-000000009988', 9_988],
    ['shardId-000000009987', 9_987],
  ]);
  expect(page.lines[0]?.values?.[1]).toBe(9_989);
});

test('rows around the chosen shard come at once where it is elsewhere in the table', async () => {
  const { streamId } = await seedStream(LARGE);
  const chosenShardId = 'shardId-000000000042';
  const chosenAt = LARGE - 1 - 42;
  const page = await rows(streamId, { limit: 60, chosenShardId, aroundChosen: true });
  expect(page).toMatchObject({ offset: chosenAt - 30, chosenAt });
  expect(page.lines[30]?.shard.shardId).toBe(chosenShardId);

  const near = { offset: chosenAt - 5, limit: 60, chosenShardId, aroundChosen: true };
  expect((await rows(streamId, near)).offset).toBe(chosenAt - 5);
  const none = { limit: 60, chosenShardId: 'shardId-000000099999', aroundChosen: true };
  expect(await rows(streamId, none)).toMatchObject({ offset: 0, chosenAt: null });
});

test('a past period is answered with its own figures, one of which nothing is stored with none', async () => {
  const { streamId, write } = await seedStream(4);
  await write(T0 + PERIOD_MS, 10);
  const at = (periodStartMs: number) => rows(streamId, { at: { periodStartMs, periodSeconds: 5 } });
  expect((await rows(streamId)).lines[0]?.values?.[1]).toBe(30);
  expect((await at(T0)).lines[0]?.values?.[1]).toBe(3);
  expect(await at(T0 - PERIOD_MS)).toMatchObject({ period: null, hasShardFigures: false });
});

test('closed and expired shards are listed where they are asked for', async () => {
  const streamId = await seed.stream({ connection: 'main', name: 'resharded' });
  const closed = openShards(1, 0).map((shard) => ({ ...shard, endingSequenceNumber: '5' }));
  await seed.topology({ streamId, openShardCount: 1 });
  await seed.topology({ streamId, openShardCount: 2, firstIndex: 1, closed });
  await seed.topology({ streamId, openShardCount: 1, firstIndex: 3 });
  const listed = await rows(streamId, {
    arrangement: { ...byUse, withExpired: true, sort: 'shard', direction: 'asc' },
    limit: 10,
  });
  expect(listed.counts).toEqual({ open: 1, closed: 0, expired: 3 });
  expect(listed.lines.map(({ shard, state }) => [shard.shardId, state])).toEqual([
    ['shardId-000000000000', 'expired'],
    ['shardId-000000000001', 'expired'],
    ['shardId-000000000002', 'expired'],
    ['shardId-000000000003', 'open'],
  ]);
  // As it was seen last: closed.
  expect(listed.lines[0]?.shard.endingSequenceNumber).toBe('5');
  const expired = await one(streamId, { by: 'id', shardId: 'shardId-000000000000' });
  expect(expired?.line.state).toBe('expired');
});

test.each([
  [{ by: 'id', shardId: 'shardId-000000000002' }, 2],
  [{ by: 'key', hashKey: '0' }, 0],
  [{ by: 'key', hashKey: String(2n ** 127n) }, 2],
  [{ by: 'key', hashKey: String(2n ** 127n - 1n) }, 1],
  [{ by: 'place', place: 99 }, 3],
  [{ by: 'use', place: null, steps: 0 }, 3],
  [{ by: 'use', place: 3, steps: 1 }, 2],
  [{ by: 'use', place: 3, steps: -1 }, 3],
] as const)('%o is the shard at place %d', async (choice, place) => {
  const { streamId } = await seedStream(4);
  const detail = await one(streamId, choice);
  expect(detail?.line.place).toBe(place);
  expect(detail?.rank).toBe(3 - place);
  expect(detail?.line.values?.[1]).toBe(place);
});

test('what is not there is said to be not there', async () => {
  const { streamId } = await seedStream(1);
  expect(await one(streamId, { by: 'id', shardId: 'shardId-000000000009' })).toBeNull();
  await expect(one(streamId, { by: 'key', hashKey: '-1' })).rejects.toMatchObject({
    kind: 'invalid',
  });
  await seed.gone(streamId);
  await expect(rows(streamId)).rejects.toMatchObject({ kind: 'not-found' });
});

test('an export has every row that matches, in the order of the table', async () => {
  const { streamId } = await seedStream(LARGE);
  const read = async (format: 'csv' | 'json') => {
    const input = { ...newest(streamId), arrangement: { ...byUse, abovePercent: 150 }, format };
    let text = '';
    for await (const part of await exportShards({ ctx, input })) text += part;
    return text;
  };
  const lines = (await read('csv')).trimEnd().split('\r\n');
  // Place 7,500 takes 1,500 records a second: 150 % of what a shard takes.
  expect(lines).toHaveLength(1 + LARGE - 7_500);
  expect(lines[0]).toMatch(/^shard id,state,.*bytes in \(B\/s\)/);
  expect(lines[1]).toMatch(/^shardId-000000009999,open,write records,/);
  const { shards, period } = JSON.parse(await read('json'));
  expect(period).toMatchObject({ periodStartMs: T0 });
  expect(shards).toHaveLength(LARGE - 7_500);
  expect(shards[0]).toMatchObject({
    'shard id': 'shardId-000000009999',
    'records in (records/s)': expect.closeTo(1_999.8, 2),
    'bytes in (B/s)': null,
  });
});

test('who has heard of a newer period than the hub holds is answered from the database', async () => {
  const { streamId, write } = await seedStream(2);
  const [current] = await readCurrentStreamsById(database, [streamId]);
  if (current === undefined) throw new Error('The stream was just seeded.');
  const [view] = await currentViews(database, ctx.topologies, [current], T0);
  ctx = { ...ctx, hub: { current: () => view ?? null } };
  await write(T0 + PERIOD_MS, 10);
  const periodOf = async (heardMs: number) =>
    (await rows(streamId, { heardMs })).period?.periodStartMs;
  expect(await periodOf(T0)).toBe(T0);
  expect(await periodOf(T0 + PERIOD_MS)).toBe(T0 + PERIOD_MS);
});
