import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAws } from '#server/aws/open-aws.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { audit, connectionState, stream } from '#server/db/schema.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { createCallerFactory } from '#server/routers/procedures.ts';
import { shardMetricsRouter } from '#server/routers/shard-metrics-router.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createLiveHub, type LiveHub } from '#server/services/live/live-hub.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';

const CONNECTION = 'test';
const NAME = 'orders';

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let hub: LiveHub;
let closeAws: () => void;
let target: { readonly connection: string; readonly streamName: string; readonly streamId: number };

const createCaller = createCallerFactory(shardMetricsRouter);
let shardMetrics: ReturnType<typeof createCaller>;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 8, onIdleError: () => undefined });
  world = await startWorld();
  await seedOf(database).connection(CONNECTION);
  const log = pino({ level: 'silent' });
  const topologies = createTopologyCache();
  hub = createLiveHub({ database, databaseUrl: testDatabase.url, topologies, log });
  const connection = embeddedConnectionTo(world.endpoints, CONNECTION);
  const aws = createAwsConnections([connection], (one) => openAws(one, { repeats: false }));
  closeAws = () => aws.close();
  shardMetrics = createCaller({
    database,
    topologies,
    hub,
    aws,
    log,
    shutdown: new AbortController().signal,
    identity: { name: 'somebody', role: 'operator' },
  });
  world.engine.createStream({ streamName: NAME, shardCount: 2 });
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName: NAME });
  const [row] = await database.db
    .insert(stream)
    .values({
      connection: CONNECTION,
      arn: streamArn,
      createdAtMs,
      name: NAME,
      status: 'ACTIVE',
      mode: 'PROVISIONED',
      openShardCount: 2,
      consumerCount: 0,
      retentionHours: 24,
      encryption: 'NONE',
      cadenceSeconds: 5,
    })
    .returning({ id: stream.id });
  target = { connection: CONNECTION, streamName: NAME, streamId: row?.id ?? 0 };
});

afterEach(async () => {
  closeAws();
  await hub.close();
  await database.close();
  await world.close();
  await testDatabase.close();
});

const describeOn = async () => {
  const { aws } = createAwsConnections([embeddedConnectionTo(world.endpoints, CONNECTION)]).get(
    CONNECTION,
  );
  const summary = await aws.describeStream(NAME, new AbortController().signal);
  aws.close();
  return summary.shardMetrics;
};

test('switches the chosen ones on, and off again, each audited', async () => {
  expect(await shardMetrics.state(target)).toEqual({
    streamId: target.streamId,
    on: [],
    openShardCount: 2,
  });
  const two = ['IncomingBytes', 'IncomingRecords'] as const;
  await shardMetrics.switch({ ...target, seenOn: [], metrics: [...two], on: true });
  expect(await describeOn()).toEqual(two);
  await shardMetrics.switch({ ...target, seenOn: [...two], metrics: ['IncomingBytes'], on: false });
  expect(await describeOn()).toEqual(['IncomingRecords']);
  const entries = await database.db.select().from(audit);
  expect(entries.map(({ procedure, outcome }) => [procedure, outcome])).toEqual([
    ['switch', 'ok'],
    ['switch', 'ok'],
  ]);
});

test('does nothing where somebody else has switched since, and says what is on now', async () => {
  world.engine.enableEnhancedMonitoring({ streamName: NAME, shardLevelMetrics: ['OutgoingBytes'] });
  await expect(
    shardMetrics.switch({ ...target, seenOn: [], metrics: ['IncomingBytes'], on: true }),
  ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('OutgoingBytes') });
  expect(await describeOn()).toEqual(['OutgoingBytes']);
});

test('finds out that it was done where the answer is lost', async () => {
  world.faults.addFault({
    effect: { type: 'lose-answer' },
    operation: 'EnableEnhancedMonitoring',
    count: 1,
  });
  const outcome = await shardMetrics.switch({
    ...target,
    seenOn: [],
    metrics: ['IncomingBytes'],
    on: true,
  });
  expect(outcome).toEqual({ answered: false });
});

test('is refused on a read-only connection', async () => {
  await database.db.update(connectionState).set({ readOnly: 'yes' });
  await expect(
    shardMetrics.switch({ ...target, seenOn: [], metrics: ['IncomingBytes'], on: true }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await describeOn()).toEqual([]);
});
