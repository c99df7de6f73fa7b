import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackConsumerRows } from '#lib/consumers/consumer-rows.ts';
import { heatCell, unpackHeatMap } from '#lib/consumers/heat-map.ts';
import { unpackLagHistory } from '#lib/consumers/lag-history.ts';
import type { LeaseArrangement } from '#lib/consumers/lease-page.ts';
import { WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readCurrentStreamsById } from '#server/db/read/current-streams.ts';
import { consumerDiscovery, consumerTable } from '#server/db/schema.ts';
import { currentViews } from '#server/services/streams/current-view.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import {
  healthOf,
  leaseHealthOf,
  seedConsumersOf,
} from '#server/services/testing/seed-consumers.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { bindTable } from './bind-table.ts';
import { getApplication } from './get-application.ts';
import { getConsumerRows } from './get-consumer-rows.ts';
import { getHeatMap } from './get-heat-map.ts';
import { getLagHistory } from './get-lag-history.ts';
import { listApplicationEvents } from './list-application-events.ts';
import { listApplications } from './list-applications.ts';
import { listLeases } from './list-leases.ts';
import { listStreamConsumers } from './list-stream-consumers.ts';

const MINUTE_MS = 60_000;
const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let consumers: ReturnType<typeof seedConsumersOf>;
let ctx: Parameters<typeof getHeatMap>[0]['ctx'];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => {} });
  seed = seedOf(database);
  consumers = seedConsumersOf(database);
  ctx = { database, topologies: createTopologyCache(), hub: { current: () => null } };
  await seed.connection('main');
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const STALLS = {
  status: 'STALL',
  lag: { kind: 'interval', atLeastMs: 90_000, atMostMs: 99_000, asOfMs: T0, method: 'standing' },
} as const;

async function seedStream(name: string, openShardCount: number) {
  const streamId = await seed.stream({ connection: 'main', name });
  await seed.topology({ streamId, openShardCount });
  return streamId;
}

const byRange: LeaseArrangement = { search: '', filter: 'all', sort: 'range', direction: 'asc' };

test('an application is told with its leases, its lag over shards and time, and its events', async () => {
  const streamId = await seedStream('orders', 4);
  const applicationId = await consumers.application({
    connection: 'main',
    streamId,
    name: 'quota-worker',
  });
  const well = [0, 1, 2, 3].map((i) => leaseHealthOf(i));
  const stalling = well.map((lease, i) => (i === 2 ? leaseHealthOf(2, STALLS) : lease));
  await consumers.reading({
    applicationId,
    streamId,
    observedMs: T0,
    health: healthOf(stalling, { status: 'STALL', sinceMs: T0 - MINUTE_MS, lag: STALLS.lag }),
    events: [
      { kind: 'shard-finished', shardId: 'shardId-000000000009', atMs: T0 - 2, owner: 'w' },
      { kind: 'status-changed', shardId: null, atMs: T0 - 1, from: 'OK', to: 'STALL' },
    ],
  });
  for (const [minute, leases] of [well, well, null, stalling].entries()) {
    if (leases === null) continue;
    await consumers.lag({
      applicationId,
      periodStartMs: T0 + minute * MINUTE_MS,
      periodSeconds: 60,
      leases,
    });
  }

  const detail = await getApplication({
    ctx,
    input: { streamId, kind: 'kcl', name: 'quota-worker' },
  });
  expect(detail).toMatchObject({
    applicationId,
    streamName: 'orders',
    retentionHours: 24,
    observedAtMs: T0,
    summary: { status: 'STALL', leaseCount: 4, leaseCounts: { OK: 3, STALL: 1 } },
  });

  const page = await listLeases({
    ctx,
    input: { applicationId, arrangement: { ...byRange, filter: 'stuck' }, offset: 0, limit: 10 },
  });
  expect(page).toMatchObject({ total: 4, matched: 1 });
  expect(page.lines[0]).toMatchObject({ shardId: 'shardId-000000000002', status: 'STALL' });

  const span = { applicationId, fromMs: T0, toMs: T0 + 4 * MINUTE_MS };
  const heat = unpackHeatMap(await getHeatMap({ ctx, input: span }));
  expect(heat).toMatchObject({ fromMs: T0, periodSeconds: 60, columns: 4 });
  expect(heat.bands).toHaveLength(4);
  expect(heatCell(heat, 2, 3)).toMatchObject({ status: 'STALL', atMostSeconds: 99, shard: 2 });
  expect(heatCell(heat, 2, 2)?.status).toBeNull();
  expect(heatCell(heat, 1, 3)?.status).toBe('OK');

  const history = unpackLagHistory(await getLagHistory({ ctx, input: span }));
  expect(history.atMostSeconds).toEqual([4, 4, null, 99]);
  expect(history.atLeastSeconds).toEqual([1, 1, null, 90]);
  // What is kept of settled periods is continued, not read as a whole again, and has no hole.
  await consumers.lag({
    applicationId,
    periodStartMs: T0 + 4 * MINUTE_MS,
    periodSeconds: 60,
    leases: well,
  });
  const later = await getLagHistory({ ctx, input: { ...span, toMs: T0 + 5 * MINUTE_MS } });
  expect(unpackLagHistory(later).atMostSeconds).toEqual([4, 4, null, 99, 4]);
  const before = await getLagHistory({
    ctx,
    input: { ...span, fromMs: T0 + MINUTE_MS, toMs: T0 + 2 * MINUTE_MS },
  });
  expect(unpackLagHistory(before).atMostSeconds).toEqual([4]);

  const events = await listApplicationEvents({
    ctx,
    input: { applicationId, beforeId: null, limit: 1 },
  });
  expect(events.hasMore).toBe(true);
  expect(events.events[0]?.event).toEqual({
    kind: 'status-changed',
    shardId: null,
    atMs: T0 - 1,
    from: 'OK',
    to: 'STALL',
  });

  const [line] = await listApplications({ ctx, input: null });
  expect(line).toMatchObject({ applicationId, name: 'quota-worker', streamName: 'orders' });
});

test('its rows lie along the strip, and it counts for the health of its stream', async () => {
  const streamId = await seedStream('orders', 4);
  const applicationId = await consumers.application({
    connection: 'main',
    streamId,
    name: 'quota-worker',
  });
  await consumers.reading({
    applicationId,
    streamId,
    observedMs: T0,
    health: healthOf([leaseHealthOf(0), leaseHealthOf(1, STALLS), leaseHealthOf(2)], {
      status: 'STALL',
      lag: STALLS.lag,
    }),
  });
  const rows = unpackConsumerRows(
    await getConsumerRows({ ctx, input: { streamId, window: WHOLE_WINDOW } }),
  );
  expect(rows.cells).toHaveLength(4);
  expect(rows.rows[0]?.cells).toMatchObject([
    { status: 'OK', shard: 0, owner: 'worker-0', atMostSeconds: 4 },
    { status: 'STALL', shard: 1, owner: 'worker-1', atMostSeconds: 99 },
    { status: 'OK', shard: 2, owner: 'worker-0' },
    { status: null, shard: null, owner: null },
  ]);
  const half = await getConsumerRows({ ctx, input: { streamId, window: { from: 0.25, to: 0.5 } } });
  expect(unpackConsumerRows(half).rows[0]?.cells).toMatchObject([{ status: 'STALL', shard: 1 }]);

  const streams = await readCurrentStreamsById(database, [streamId]);
  const [view] = await currentViews(database, ctx.topologies, streams, Date.now());
  expect(view?.row.consumers).toMatchObject({
    count: 1,
    worst: { applicationId, name: 'quota-worker', status: 'STALL' },
  });
  expect(view?.row.health).toMatchObject({
    level: 'critical',
    reason: expect.stringContaining('quota-worker stands still'),
  });
});

test('a table that may be of a stream is shown, and can be bound by hand', async () => {
  const orders = await seedStream('orders', 1);
  const tweets = await seedStream('tweets', 1);
  const now = new Date();
  await database.db.insert(consumerTable).values([
    {
      connection: 'main',
      tableName: 'quota-worker',
      layout: 'kcl',
      readCapacity: 10,
      binding: [
        {
          name: null,
          binding: {
            kind: 'ambiguous',
            reason: 'created-together',
            candidates: [orders, tweets],
          },
        },
      ],
      checkedAt: now,
    },
    {
      connection: 'main',
      tableName: 'both',
      layout: 'kcl',
      binding: [
        {
          name: 'orders',
          binding: { kind: 'bound', streamId: orders, by: 'name' },
        },
        {
          name: 'tweets',
          binding: { kind: 'bound', streamId: tweets, by: 'name' },
        },
      ],
      checkedAt: now,
    },
  ]);
  await database.db.insert(consumerDiscovery).values({
    connection: 'main',
    api: 'lambda:ListEventSourceMappings',
    failure: { sinceMs: T0, message: 'Denied.', deniedAction: 'lambda:ListEventSourceMappings' },
  });
  const read = (streamId: number) =>
    listStreamConsumers({ ctx, input: { connection: 'main', streamId } });
  const view = await read(orders);
  expect(view.tables.map(({ tableName, part }) => [tableName, part])).toEqual([
    ['both', 'orders'],
    ['quota-worker', null],
  ]);
  expect(view.tables[1]?.binding).toMatchObject({ kind: 'ambiguous' });
  expect(view.discovery[0]?.failure?.deniedAction).toBe('lambda:ListEventSourceMappings');

  const input = { connection: 'main', tableName: 'quota-worker', streamId: tweets };
  await bindTable({ ctx, input });
  expect((await read(orders)).tables).toHaveLength(1);
  expect((await read(tweets)).tables[1]?.boundByHandTo).toEqual({
    streamId: tweets,
    streamName: 'tweets',
  });
  await expect(bindTable({ ctx, input: { ...input, streamId: 999_999 } })).rejects.toThrow(
    'Nothing was bound',
  );
  await expect(bindTable({ ctx, input: { ...input, tableName: 'none' } })).rejects.toThrow(
    'No lease table',
  );
});

test('of 5,000 shards a page gets what it can show', async () => {
  const streamId = await seedStream('large', 5_000);
  const applicationId = await consumers.application({
    connection: 'main',
    streamId,
    name: 'indexer',
  });
  const leases = Array.from({ length: 5_000 }, (_, i) =>
    leaseHealthOf(i, i === 3_333 ? STALLS : {}),
  );
  await consumers.reading({ applicationId, streamId, observedMs: T0, health: healthOf(leases) });
  await consumers.lag({ applicationId, periodStartMs: T0, periodSeconds: 60, leases });

  const view = await getConsumerRows({ ctx, input: { streamId, window: WHOLE_WINDOW } });
  const rows = unpackConsumerRows(view);
  expect(rows.cells.length).toBeLessThan(1_100);
  expect(rows.rows[0]?.cells.filter(({ shard }) => shard === 3_333).length).toBeGreaterThan(0);
  expect(JSON.stringify(view).length).toBeLessThan(60_000);

  const span = { applicationId, fromMs: T0, toMs: T0 + MINUTE_MS };
  const heat = unpackHeatMap(await getHeatMap({ ctx, input: span }));
  expect(heat.bands).toHaveLength(160);
  expect(heatCell(heat, Math.floor((3_333.5 / 5_000) * 160), 0)).toMatchObject({ shard: 3_333 });

  const page = await listLeases({
    ctx,
    input: {
      applicationId,
      arrangement: { ...byRange, sort: 'status', direction: 'desc' },
      offset: 0,
      limit: 1,
    },
  });
  expect(page.lines[0]?.shardId).toBe('shardId-000000003333');
});
