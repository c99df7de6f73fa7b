import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackHistory } from '#lib/charts/stream-history.ts';
import { unpackPercents } from '#lib/live/mini-strip.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { markStreamsGone } from '#server/db/mark-streams-gone.ts';
import { writeStreamTags } from '#server/db/tags/write-stream-tags.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { getStream } from './get-stream.ts';
import { getStreamHistory } from './get-stream-history.ts';
import { listStreamRows } from './list-stream-rows.ts';
import { listStreamTags } from './list-stream-tags.ts';
import { createTopologyCache } from './topology-cache.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);
const MEBIBYTE = 1_048_576;

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let ctx: Parameters<typeof listStreamRows>[0]['ctx'] & Parameters<typeof getStream>[0]['ctx'];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => {} });
  seed = seedOf(database);
  // Nobody watches: what is asked for comes from the database.
  const hub = { currentRows: () => null, currentByName: () => null };
  ctx = { database, topologies: createTopologyCache(), hub };
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const readHistory = async (args: Parameters<typeof getStreamHistory>[0]) =>
  unpackHistory(await getStreamHistory(args));

test('a row shows the newest base period of the topology in force', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const topologyId = await seed.topology({ streamId, openShardCount: 4 });
  for (const [i, bytes] of [1, 2].entries()) {
    await seed.frame({
      streamId,
      topologyId,
      periodStartMs: T0 + i * 5_000,
      shardCount: 4,
      stream: { IncomingBytes: bytes * 5 * MEBIBYTE, WriteProvisionedThroughputExceeded: 0 },
      shards: { IncomingBytes: [0, bytes * 2.5 * MEBIBYTE, 0, 0] },
    });
  }
  // A roll-up that begins later than either: it is not the newest period.
  await seed.frame({
    streamId,
    topologyId,
    periodStartMs: T0 + 60_000,
    periodSeconds: 60,
    shardCount: 4,
    stream: { IncomingBytes: 1 },
  });

  const snapshot = await listStreamRows({ ctx });
  expect(snapshot.connections.map((state) => state.connection)).toEqual(['main']);
  const [row] = snapshot.rows;
  expect(row).toMatchObject({
    streamName: 'tweets',
    openShardCount: 4,
    period: { startMs: T0 + 5_000, seconds: 5 },
    rates: { incomingBytesPerSecond: 2 * MEBIBYTE, incomingRecordsPerSecond: null },
    hottest: { shardId: 'shardId-000000000001', limit: 'writeBytes', use: 1 },
  });
  expect(unpackPercents(row?.miniStrip?.use ?? '')[30]).toBe(100);
});

test('page and table show the same figures', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const topologyId = await seed.topology({ streamId, openShardCount: 2 });
  await seed.frame({
    streamId,
    topologyId,
    periodStartMs: T0,
    shardCount: 2,
    stream: { IncomingRecords: 500 },
    shards: { IncomingRecords: [200, 300] },
  });

  const { rows } = await listStreamRows({ ctx });
  const detail = await getStream({ ctx, input: { connection: 'main', streamName: 'tweets' } });
  const { health: _, ...row } = detail.row;
  expect(rows[0]).toMatchObject(row);
  expect(detail.topology).toMatchObject({ topologyId, openCount: 2, closedCount: 0 });
  expect(detail.frame).toMatchObject({ streamId, topologyId, periodStartMs: T0 });
});

test('a frame of a former topology is no figure of the present one', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const before = await seed.topology({ streamId, openShardCount: 2 });
  const frame = { streamId, topologyId: before, periodStartMs: T0, shardCount: 2 };
  await seed.frame({ ...frame, stream: { IncomingRecords: 500 } });
  await seed.topology({ streamId, openShardCount: 4, firstIndex: 2 });

  const detail = await getStream({ ctx, input: { connection: 'main', streamName: 'tweets' } });
  expect(detail.topology?.openCount).toBe(4);
  expect(detail.frame).toBeNull();
  expect(detail.row.rates).toBeNull();
  expect(detail.row.hottest).toBeNull();
});

test('a period in which the topology changed shows the whole stream', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const before = await seed.topology({ streamId, openShardCount: 1 });
  const after = await seed.topology({ streamId, openShardCount: 2, firstIndex: 1 });
  await seed.frame({
    streamId,
    topologyId: before,
    periodStartMs: T0,
    shardCount: 1,
    stream: { IncomingRecords: 500 },
    shards: { IncomingRecords: [400] },
  });
  await seed.frame({
    streamId,
    topologyId: after,
    periodStartMs: T0,
    shardCount: 2,
    shards: { IncomingRecords: [60, 40] },
  });

  const { row } = await getStream({ ctx, input: { connection: 'main', streamName: 'tweets' } });
  expect(row.rates?.incomingRecordsPerSecond).toBe(100);
  expect(row.hottest?.shardId).toBe('shardId-000000000001');

  const history = await readHistory({
    ctx,
    input: { streamId, fromMs: T0, toMs: T0 + 5_000 },
  });
  expect(history.stream.incomingRecordsPerSecond).toEqual([100]);
  expect(history.stream.openShardCount).toEqual([1]);
  expect(history.hottest.map((line) => [line.shardId, line.lines.writeRecordsPerSecond])).toEqual([
    ['shardId-000000000000', [80]],
    ['shardId-000000000001', [12]],
    ['shardId-000000000002', [8]],
  ]);
});

test('with shard-level metrics off the stream still has its rates', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'quiet', shardMetrics: [] });
  const topologyId = await seed.topology({ streamId, openShardCount: 2 });
  await seed.frame({
    streamId,
    topologyId,
    periodStartMs: T0,
    shardCount: 2,
    stream: { IncomingRecords: 50 },
    shards: null,
  });
  const { rows } = await listStreamRows({ ctx });
  expect(rows[0]).toMatchObject({
    shardMetricsOn: false,
    rates: { incomingRecordsPerSecond: 10 },
    hottest: null,
    miniStrip: null,
  });
  const history = await readHistory({
    ctx,
    input: { streamId, fromMs: T0, toMs: T0 + 60_000 },
  });
  expect(history.hottest).toEqual([]);
  expect(history.stream.incomingRecordsPerSecond).toEqual([10]);
});

test('a history has gaps where nothing was read, and the eight hottest shards', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const topologyId = await seed.topology({ streamId, openShardCount: 12 });
  for (const i of [0, 1, 3]) {
    await seed.frame({
      streamId,
      topologyId,
      periodStartMs: T0 + i * 5_000,
      shardCount: 12,
      stream: { IncomingRecords: 100 * i, WriteProvisionedThroughputExceeded: i },
      shards: {
        IncomingRecords: Array.from({ length: 12 }, (_, place) => place * 50 + i),
        WriteProvisionedThroughputExceeded: Array.from({ length: 12 }, () => 7),
      },
    });
  }
  const history = await readHistory({
    ctx,
    input: { streamId, fromMs: T0 - 60_000, toMs: T0 + 60_000 },
  });
  expect(history.periodSeconds).toBe(5);
  expect(history.periodStartMs).toEqual([T0, T0 + 5_000, T0 + 10_000, T0 + 15_000]);
  expect(history.stream.incomingRecordsPerSecond).toEqual([0, 20, null, 60]);
  expect(history.stream.writeThrottledRecords).toEqual([0, 1, null, 3]);
  expect(history.stream.incomingBytesPerSecond).toEqual([null, null, null, null]);
  expect(history.hottest).toHaveLength(8);
  expect(history.hottest[0]?.shardId).toBe('shardId-000000000011');
  expect(history.hottest[0]?.lines.writeRecordsPerSecond).toEqual(
    // As float32, which is what goes over the wire.
    [110, Math.fround(110.2), null, Math.fround(110.6)],
  );
  expect(history.hottest[0]?.lines.writeThrottledRecords).toEqual([7, 7, null, 7]);
});

test('a long window is drawn from roll-ups', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const topologyId = await seed.topology({ streamId, openShardCount: 1 });
  const frame = { streamId, topologyId, shardCount: 1 };
  await seed.frame({ ...frame, periodStartMs: T0, stream: { IncomingRecords: 5 } });
  for (const periodStartMs of [T0 - 150 * 60_000, T0]) {
    await seed.frame({
      ...frame,
      periodStartMs,
      periodSeconds: 60,
      stream: { IncomingRecords: 120 },
    });
  }
  const input = { streamId, fromMs: T0 - 3 * 3_600_000 + 60_000, toMs: T0 + 60_000 };
  const history = await readHistory({ ctx, input });
  expect(history.periodSeconds).toBe(60);
  const rates = history.stream.incomingRecordsPerSecond;
  expect([rates.at(0), rates.at(-1)]).toEqual([2, 2]);
  expect(rates.slice(1, -1)).toEqual(new Array(149).fill(null));
  expect(history.partialSeconds).toBeNull();
});

test('the last long period is told as far as it has come', async () => {
  await seed.connection('main');
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const topologyId = await seed.topology({ streamId, openShardCount: 2 });
  const frame = { streamId, topologyId, shardCount: 2 };
  const minuteMs = T0 - (T0 % 60_000);
  await seed.frame({
    ...frame,
    periodStartMs: minuteMs - 60_000,
    periodSeconds: 60,
    stream: { IncomingRecords: 120 },
    shards: { IncomingRecords: [120, Number.NaN] },
  });
  for (const i of [0, 1]) {
    await seed.frame({
      ...frame,
      periodStartMs: minuteMs + i * 5_000,
      stream: { IncomingRecords: 30 },
      shards: { IncomingRecords: [10, 20] },
    });
  }
  const input = { streamId, fromMs: minuteMs - 60_000, toMs: minuteMs + 10_000, periodSeconds: 60 };
  const history = await readHistory({ ctx, input });
  expect(history.periodStartMs).toEqual([minuteMs - 60_000, minuteMs]);
  expect(history.partialSeconds).toBe(10);
  expect(history.stream.incomingRecordsPerSecond).toEqual([2, 6]);
  const shardIds = ['shardId-000000000001'];
  const ofOne = await readHistory({ ctx, input: { ...input, shardIds } });
  expect(ofOne.hottest.map((one) => [one.shardId, one.lines.writeRecordsPerSecond])).toEqual([
    [shardIds[0], [null, 4]],
  ]);
});

test('a stream that nobody knows, or that is gone, is not found, with words', async () => {
  await seed.connection('main');
  const input = { connection: 'main', streamName: 'tweets' };
  await expect(getStream({ ctx, input })).rejects.toMatchObject({
    kind: 'not-found',
    message: expect.stringContaining('There is no stream "tweets"'),
  });
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  await seed.gone(streamId);
  await expect(getStream({ ctx, input })).rejects.toMatchObject({
    kind: 'not-found',
    message: expect.stringContaining('is gone since'),
  });
  await expect(
    getStream({ ctx, input: { connection: 'other', streamName: 'tweets' } }),
  ).rejects.toMatchObject({ message: expect.stringContaining('no connection "other"') });
});

test('a stream made again is another one, and inherits nothing', async () => {
  await seed.connection('main');
  const old = await seed.stream({ connection: 'main', name: 'tweets', createdAtMs: 1 });
  const topologyId = await seed.topology({ streamId: old, openShardCount: 1 });
  await seed.frame({
    streamId: old,
    topologyId,
    periodStartMs: T0,
    shardCount: 1,
    stream: { IncomingRecords: 5 },
  });
  const young = await seed.stream({ connection: 'main', name: 'tweets', createdAtMs: 2 });
  const input = { connection: 'main', streamName: 'tweets' };
  await expect(getStream({ ctx, input })).resolves.toMatchObject({
    row: { streamId: young, rates: null, period: null },
    topology: null,
    frame: null,
  });
});

test('tags are told as they were last read, with the cause where they cannot be read, once for all', async () => {
  await seed.connection('main');
  const [shop, denied, both, gone] = await Promise.all(
    ['shop', 'denied', 'both', 'gone'].map((name) => seed.stream({ connection: 'main', name })),
  );
  const failure = { sinceMs: 1, message: 'Allow it.', deniedAction: 'kinesis:ListTagsForStream' };
  const readings = [
    { streamId: shop ?? 0, tags: { team: 'shop' } },
    { streamId: denied ?? 0, failure },
    { streamId: both ?? 0, tags: { team: 'both' } },
    { streamId: gone ?? 0, tags: { team: 'gone' } },
  ];
  await database.db.transaction((tx) => writeStreamTags(tx, readings));
  await database.db.transaction((tx) =>
    writeStreamTags(tx, [{ streamId: both ?? 0, failure: { ...failure, sinceMs: 2 } }]),
  );
  await database.db.transaction((tx) => markStreamsGone(tx, [gone ?? 0]));

  const view = await listStreamTags({ ctx });
  expect(view.known).toEqual([
    { streamId: shop, tags: { team: 'shop' }, readAtMs: expect.any(Number) },
    { streamId: both, tags: { team: 'both' }, readAtMs: expect.any(Number) },
  ]);
  for (const { readAtMs } of view.known) {
    expect(readAtMs).toBeLessThanOrEqual(view.serverTimeMs);
    expect(readAtMs).toBeGreaterThan(view.serverTimeMs - 60_000);
  }
  expect(view.failures).toEqual([
    {
      message: 'Allow it.',
      deniedAction: 'kinesis:ListTagsForStream',
      streamIds: [denied, both].toSorted((a = 0, b = 0) => a - b),
    },
  ]);
});
