import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dollarsOfMetrics } from '#lib/domain/cost/metric-price.ts';
import { openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { metricsLedger } from '#server/db/schema.ts';
import {
  readRequestedByDay,
  readRequestedByStream,
} from '#server/db/spending/metrics-requested.ts';
import { keepWatch } from '#server/db/watch/keep-watch.ts';
import { silentLog } from '#server/local-aws/log.ts';
import { openWorld, type World } from '#server/local-aws/world.ts';
import { DEFAULT_WORLD } from '#server/local-aws/world-options.ts';
import { TEST_CONSUMERS } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Collector, startCollector } from './collector.ts';
import { openBudget } from './open-budget.ts';

const DAY_MS = 86_400_000;

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let running: { readonly collector: Collector; readonly stop: AbortController } | null = null;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 6, onIdleError: () => {} });
  world = await openWorld(
    {
      ...DEFAULT_WORLD,
      ports: { kinesis: 0, dynamodb: 0, s3: 0, admin: 0 },
      scenario: 'none',
      pastMinutes: 0,
      transitionMs: 0,
      metrics: { basePeriodMs: 1_000, delayMs: 0 },
    },
    silentLog,
  );
});

afterEach(async () => {
  await stopCollector();
  await world.close();
  await database.close();
  await testDatabase.close();
});

function connectionTo(budgetDollarsPerDay: number | null): Connection {
  return {
    name: 'test',
    region: 'us-east-1',
    source: 'embedded world',
    credentials: { kind: 'embedded' },
    endpoints: { kinesis: world.endpoints.kinesis, cloudwatch: world.endpoints.cloudwatch },
    streamArns: [],
    include: [],
    exclude: [],
    readOnly: false,
    metrics: { periodSeconds: 1, delaySeconds: 0, also: [] },
    cadence: { watchedSeconds: 1, unwatchedSeconds: 1, topologySeconds: 1 },
    consumers: TEST_CONSUMERS,
    quotaShare: 1,
    budgetDollarsPerDay,
    backfillHours: 1,
  };
}

function collect(budgetDollarsPerDay: number | null): void {
  const connection = connectionTo(budgetDollarsPerDay);
  const stop = new AbortController();
  const collector = startCollector(
    {
      connection,
      aws: openAws(connection),
      database,
      log: pino({ level: 'silent' }),
      nowMs: Date.now,
      holder: 'test',
    },
    stop.signal,
  );
  running = { collector, stop };
}

async function stopCollector(): Promise<void> {
  running?.stop.abort();
  await running?.collector.done;
  running = null;
}

const requested = async () =>
  (await readRequestedByDay(database, 0)).reduce((sum, { metrics }) => sum + metrics, 0);

test('the ledger says, by stream and in all, exactly what CloudWatch was asked for', async () => {
  world.engine.createStream({ streamName: 'plain', shardCount: 1 });
  world.engine.createStream({ streamName: 'wide', shardCount: 3 });
  world.engine.enableEnhancedMonitoring({ streamName: 'wide', shardLevelMetrics: ['ALL'] });
  // Answered, but the answer is lost: the SDK asks once more, and both are charged.
  world.faults.addFault({
    effect: { type: 'lose-answer' },
    operation: 'GetMetricData',
    count: 2,
  });
  collect(null);
  await expect.poll(requested, { timeout: 20_000 }).toBeGreaterThan(200);

  // Between two readings, when nothing is under way, both say the same.
  const difference = async () => {
    const charged = world.till.read();
    const ledger = await readRequestedByStream(database, 0);
    const ofStreams = ledger.map(({ streamName, metrics }) => [streamName, metrics] as const);
    return {
      dollars: dollarsOfMetrics(await requested()) - dollarsOfMetrics(charged.metrics),
      byStream: ofStreams.filter(([name, metrics]) => charged.metricsByStream[name] !== metrics),
    };
  };
  await expect.poll(difference, { timeout: 10_000 }).toEqual({ dollars: 0, byStream: [] });
});

test('a budget is kept: what is too dear is not asked for, and the stream tells how often it is read', async () => {
  world.engine.createStream({ streamName: 'plain', shardCount: 1 });
  // 40 metrics a day: five readings of the stream's seven.
  collect(0.0004);
  await expect.poll(requested, { timeout: 20_000 }).toBeGreaterThan(0);
  const cadence = async () => (await database.db.query.stream.findFirst())?.cadenceSeconds ?? 0;
  // What is left of the day is shared among the readings that are left: late in the day they follow more closely.
  const leftSeconds = (DAY_MS - (Date.now() % DAY_MS)) / 1_000;
  await expect
    .poll(cadence, { timeout: 20_000 })
    .toBeGreaterThan(Math.min(3_600, leftSeconds / 10));
  const row = await database.db.query.stream.findFirst();
  expect(row).toMatchObject({ wantedCadenceSeconds: 1, metricsPerReading: 7 });
  // Looking at it makes it no dearer.
  await keepWatch(database, { streamIds: [row?.id ?? 0], watcher: 'tab', ttlSeconds: 30 });
  await stopCollector();
  collect(0.0004);
  await expect.poll(() => running?.collector.state().role, { timeout: 10_000 }).toBe('leading');
  await expect
    .poll(() => running?.collector.state().listedAtMs, { timeout: 10_000 })
    .not.toBeNull();
  await stopCollector();
  expect(await requested()).toBe(world.till.read().metrics);
  expect(await requested()).toBeLessThanOrEqual(40);
});

test('with a budget, what is sent again stands in the ledger before it is sent', async () => {
  world.engine.createStream({ streamName: 'plain', shardCount: 1 });
  world.faults.addFault({ effect: { type: 'lose-answer' }, operation: 'GetMetricData', count: 1 });
  world.faults.addFault({ effect: { type: 'stall' }, operation: 'GetMetricData', count: 1 });
  collect(1);
  await expect.poll(() => world.faults.listFaults().length, { timeout: 20_000 }).toBe(0);
  // The second try is under way: whoever is killed now has spent twice the seven metrics of a reading.
  expect(await requested()).toBe(14);
});

test.each([
  ['behind', -1],
  ['ahead of', 1],
])('a clock of ours that is a day %s AWS does not bring new money', async (_, days) => {
  const today = Date.now();
  await database.db.insert(metricsLedger).values({
    connection: 'test',
    hour: new Date(Math.floor(today / 3_600_000) * 3_600_000),
    streamId: 1,
    streamName: 'plain',
    metrics: 40,
  });
  const ours = today + days * DAY_MS;
  const budget = await openBudget(database, connectionTo(0.0004), ours);
  expect(budget?.left(today)).toBe(0);
  expect(budget?.left(ours)).toBe(40);
});
