import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import type { GoalInput } from '#lib/reshard/goal-input.ts';
import type { ReshardPreview } from '#lib/reshard/preview-view.ts';
import type { Database } from '#server/db/client.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { accountLimits, audit, reshardJob } from '#server/db/schema.ts';
import type { World } from '#server/local-aws/world.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import {
  type AppCaller,
  openProcedures,
  type TargetStream,
  type TestProcedures,
} from '#server/testing/open-procedures.ts';

const MEBIBYTE = 1_048_576;
const CONNECTION = 'test';

let procedures: TestProcedures;
let database: Database;
let world: World;
let caller: AppCaller['reshard'];
let viewer: typeof caller;
let names = 0;
let target: TargetStream;
let untilMs: number;

beforeAll(async () => {
  procedures = await openProcedures();
  ({ database, world } = procedures);
  caller = procedures.as('operator').reshard;
  viewer = procedures.as('viewer').reshard;
});

afterAll(() => procedures.close());

/** A stream of two shards, the first of which takes 0.9 MiB/s of its 1 MiB/s, the other 0.1. */
beforeEach(async () => {
  names += 1;
  const streamName = `orders-${names}`;
  world.engine.createStream({ streamName, shardCount: 2 });
  target = await procedures.know(streamName, SHARD_METRICS);
  const { streamId } = target;
  const seed = seedOf(database);
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
  expect(preview).toMatchObject({ closedShards: 1, consumers: [] });
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

test('more than ten steps ask for the name of the stream', async () => {
  const cuts = (count: number): GoalInput => ({
    kind: 'boundaries',
    boundaries: Array.from({ length: count }, (_, i) =>
      String((2n ** 127n / 100n) * BigInt(i + 1)),
    ),
  });
  // The middle is given up: so many splits, and one merge.
  expect(await previewed(cuts(9))).toMatchObject({ stepCount: 10, needsName: false });
  expect(await previewed(cuts(10))).toMatchObject({ stepCount: 11, needsName: true });
  await expect(start(cuts(10))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(target.streamName),
  });
});

test('of two that begin at the same moment one is told who was first', async () => {
  const outcomes = await Promise.allSettled([start(SPLIT), start(SPLIT)]);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('another reshard of'),
  });
  const jobs = (await viewer.list()).jobs.filter(({ streamId }) => streamId === target.streamId);
  expect(jobs).toHaveLength(1);
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
  const { jobs } = procedures.as('operator');
  expect((await jobs.stopAll({ purpose: 'too hot' })).reshards).toBeGreaterThan(0);
  expect(await viewer.get({ jobId })).toMatchObject({
    state: 'paused',
    reason: { words: expect.stringMatching(/^All jobs were stopped by .*: too hot$/) },
  });
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
