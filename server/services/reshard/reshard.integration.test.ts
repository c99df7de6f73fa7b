import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import type { GoalInput } from '#lib/reshard/goal-input.ts';
import type { ReshardPreview } from '#lib/reshard/preview-view.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { accountLimits, audit, reshardJob, stream } from '#server/db/schema.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { appRouter } from '#server/routers/app-router.ts';
import { createCallerFactory } from '#server/routers/procedures.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createLiveHub, type LiveHub } from '#server/services/live/live-hub.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';

const MEBIBYTE = 1_048_576;
const CONNECTION = 'test';

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let hub: LiveHub;
let closeAws: () => void;
let caller: ReturnType<typeof createAppCaller>['reshard'];
let viewer: typeof caller;
let names = 0;
let target: { readonly connection: string; readonly streamName: string; readonly streamId: number };
let untilMs: number;

const createAppCaller = createCallerFactory(appRouter);

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 8, onIdleError: () => undefined });
  world = await startWorld();
  await seedOf(database).connection(CONNECTION);
  const log = pino({ level: 'silent' });
  const topologies = createTopologyCache();
  hub = createLiveHub({ database, databaseUrl: testDatabase.url, topologies, log });
  const aws = createAwsConnections([embeddedConnectionTo(world.endpoints, CONNECTION)]);
  closeAws = () => aws.close();
  const shutdown = new AbortController().signal;
  const as = (role: 'operator' | 'viewer') =>
    createAppCaller({
      database,
      topologies,
      hub,
      aws,
      log,
      shutdown,
      identity: { name: 'somebody', role },
    }).reshard;
  caller = as('operator');
  viewer = as('viewer');
});

afterAll(async () => {
  closeAws();
  await hub.close();
  await database.close();
  await world.close();
  await testDatabase.close();
});

/** A stream of two shards, the first of which takes 0.9 MiB/s of its 1 MiB/s, the other 0.1. */
beforeEach(async () => {
  names += 1;
  const streamName = `orders-${names}`;
  world.engine.createStream({ streamName, shardCount: 2 });
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName });
  const seed = seedOf(database);
  const streamId = await seed.stream({
    connection: CONNECTION,
    name: streamName,
    createdAtMs,
    shardMetrics: SHARD_METRICS,
  });
  await database.db.update(stream).set({ arn: streamArn }).where(eq(stream.id, streamId));
  const topologyId = await seed.topology({ streamId, openShardCount: 2 });
  untilMs = Math.floor((await readServerTimeMs(database)) / 60_000) * 60_000;
  for (let minute = 1; minute <= 5; minute += 1) {
    await seed.frame({
      streamId,
      topologyId,
      periodSeconds: 60,
      periodStartMs: untilMs - minute * 60_000,
      shardCount: 2,
      shards: {
        IncomingBytes: [0.9, 0.1].map((use) => use * MEBIBYTE * 60),
        IncomingRecords: [600, 600],
      },
    });
  }
  target = { connection: CONNECTION, streamName, streamId };
});

const wish = (goal: GoalInput) => ({
  ...target,
  goal: goal as Parameters<typeof caller.preview>[0]['goal'],
  load: { minutes: 5, by: 'mean' as const, untilMs },
});

const SPLIT: GoalInput = {
  kind: 'split-shard',
  shardId: 'shardId-000000000000',
  cut: { by: 'load-median' },
};

async function previewed(goal: GoalInput): Promise<Extract<ReshardPreview, { ok: true }>> {
  const preview = await viewer.preview(wish(goal));
  if (!preview.ok) throw new Error(preview.words);
  return preview;
}

async function start(goal: GoalInput, typedName: string | null = null) {
  const { fingerprint, planFingerprint } = await previewed(goal);
  return caller.start({
    ...wish(goal),
    fingerprint,
    planFingerprint,
    typedName,
    purpose: 'it refuses records',
    ignoresLag: false,
  });
}

test('a preview tells what each shard will take, by the load that was recorded', async () => {
  await database.db
    .insert(accountLimits)
    .values({ connection: CONNECTION, openShardCount: 10, shardLimit: 20 })
    .onConflictDoNothing();
  const preview = await previewed(SPLIT);
  expect(preview.busiestUse.before).toBeCloseTo(0.9, 5);
  expect(preview.busiestUse.after).toBeCloseTo(0.45, 5);
  expect(preview.shards).toEqual({ before: 2, after: 3, peak: 3, peakMax: 12 });
  expect(preview.quotaPeakMax).toBe(12);
  expect(preview.steps).toMatchObject([{ kind: 'split' }]);
  expect(preview.planned).toHaveLength(3);
  expect(preview.load.periodSeconds).toBe(60);
  expect(preview.needsName).toBe(false);
});

test('a preview refuses in words what cannot be planned', async () => {
  expect(await viewer.preview(wish({ kind: 'scale-to-count', count: 2 }))).toMatchObject({
    ok: false,
    why: 'nothing-to-do',
  });
  await expect(viewer.preview(wish({ kind: 'isolate-key', at: 'x' }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('what was approved is begun, once, and written down with who and why', async () => {
  const { jobId } = await start(SPLIT);
  const detail = await viewer.get({ jobId });
  expect(detail).toMatchObject({
    state: 'running',
    goalKind: 'split-shard',
    requestedBy: 'somebody',
    purpose: 'it refuses records',
    stepCount: 1,
    stepsDone: 0,
    shardsBefore: 2,
    shardsAfter: 3,
  });
  expect(detail.remainingMs).toBe(30_000);
  expect((await viewer.list()).jobs[0]?.id).toBe(jobId);
  await expect(start(SPLIT)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('begun by somebody'),
  });
  const rows = await database.db.select().from(audit).where(eq(audit.procedure, 'reshard.start'));
  expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['error', 'ok']);
});

test('a stream that has moved since is not touched', async () => {
  const { fingerprint, planFingerprint } = await previewed(SPLIT);
  world.engine.splitShard({
    streamName: target.streamName,
    shardToSplit: 'shardId-000000000001',
    newStartingHashKey: 2n ** 127n + 2n ** 126n,
  });
  const approved = { typedName: null, purpose: null, ignoresLag: false };
  await expect(
    caller.start({ ...wish(SPLIT), fingerprint, planFingerprint, ...approved }),
  ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('have changed') });
  const now = await previewed(SPLIT);
  await expect(
    caller.start({ ...wish(SPLIT), fingerprint: now.fingerprint, planFingerprint, ...approved }),
  ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('another plan') });
});

test('to shrink a stream asks for its name', async () => {
  const merge: GoalInput = {
    kind: 'merge-shards',
    shardIds: ['shardId-000000000000', 'shardId-000000000001'],
  };
  expect((await previewed(merge)).needsName).toBe(true);
  await expect(start(merge, 'orders')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await start(merge, target.streamName)).jobId).toBeGreaterThan(0);
});

test('a sample of a shard names the key that is too hot, and plans know of it', async () => {
  const { streamName } = target;
  const put = (partitionKey: string, bytes: number) =>
    world.engine.putRecord({
      streamName,
      partitionKey,
      data: new Uint8Array(bytes),
    });
  const left = Array.from({ length: 400 }, (_, i) => `user-${i}`).filter(
    (key) => Number.parseInt(createHash('md5').update(key).digest('hex').slice(0, 1), 16) < 8,
  );
  const [hot = ''] = left;
  for (let i = 0; i < 100; i += 1) {
    put(hot, 900);
    put(left[i] ?? '', 100);
  }
  const sample = await caller.sample({ ...target, shardId: 'shardId-000000000000' });
  expect(sample).toMatchObject({ sampledBy: 'somebody', invalidRecords: 0 });
  expect(sample.confidence.records).toBe(200);
  expect(sample.topKeys[0]?.partitionKey).toBe(hot);
  expect(sample.topKeys[0]?.bytesShareMin).toBeGreaterThan(0.85);
  const preview = await previewed(SPLIT);
  expect(preview.remarks[0]).toContain('One partition key alone');
  expect(preview.busiestUse.after).toBeGreaterThan(0.75);
  expect(await caller.samples({ streamId: target.streamId })).toHaveLength(1);
  await expect(viewer.samples({ streamId: target.streamId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(caller.sample({ ...target, shardId: 'shardId-000000000001' })).rejects.toMatchObject(
    { code: 'CONFLICT' },
  );
});

test('is for operators', async () => {
  const { fingerprint, planFingerprint } = await previewed(SPLIT);
  const approved = { typedName: null, purpose: null, ignoresLag: false };
  await expect(
    viewer.start({ ...wish(SPLIT), fingerprint, planFingerprint, ...approved }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(
    await database.db.select().from(reshardJob).where(eq(reshardJob.streamId, target.streamId)),
  ).toEqual([]);
});

test('leads back to the layout before a reshard, as a new plan', async () => {
  const { jobId } = await start(SPLIT);
  await caller.control({ jobId, event: 'cancel' });
  const before: GoalInput = { kind: 'of-job', jobId, layout: 'before' };
  expect(await viewer.preview(wish(before))).toMatchObject({ ok: false, why: 'nothing-to-do' });
  const after = await previewed({ kind: 'of-job', jobId, layout: 'after' });
  expect(after.operations.splits).toBe(1);
  await expect(
    viewer.preview(wish({ kind: 'of-job', jobId: 9_999, layout: 'before' })),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('is paused, resumed and cancelled, and says where it cannot be', async () => {
  const { jobId } = await start(SPLIT);
  const state = async () => (await viewer.get({ jobId })).state;
  await caller.control({ jobId, event: 'pause' });
  expect(await state()).toBe('paused');
  await caller.control({ jobId, event: 'resume' });
  expect(await state()).toBe('running');
  expect((await viewer.get({ jobId })).journal).toMatchObject([{ kind: 'resume', step: 0 }]);
  expect((await caller.pauseAll()).paused).toBeGreaterThan(0);
  expect(await state()).toBe('paused');
  await caller.control({ jobId, event: 'cancel' });
  expect(await state()).toBe('cancelling');
  await expect(caller.control({ jobId, event: 'resume' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await caller.releaseMerges({ jobId });
  expect((await viewer.get({ jobId })).ignoresLag).toBe(true);
  await expect(caller.control({ jobId: 9_999, event: 'pause' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
