import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  AUTOSCALE_DEFAULTS,
  type AutoscaleMode,
  type AutoscalePolicy,
} from '#lib/domain/reshard/autoscale/policy.ts';
import { RECONCILE_TIMES } from '#lib/domain/reshard/job/reconcile.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import { openAws } from '#server/aws/open-aws.ts';
import { deleteOldDecisions } from '#server/db/autoscale/decisions.ts';
import { claimDuePolicy, type PolicyClaim, proveClaim } from '#server/db/autoscale/policies.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { recordTopology } from '#server/db/record-topology.ts';
import {
  audit,
  autoscalePolicy,
  connectionState,
  frame,
  reshardJob,
  stream,
  topology,
} from '#server/db/schema.ts';
import { startReshardExecutor } from '#server/jobs/reshard/start-executor.ts';
import type { World } from '#server/local-aws/world.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import {
  healthOf,
  leaseHealthOf,
  seedConsumersOf,
} from '#server/services/testing/seed-consumers.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import {
  type AppCaller,
  openProcedures,
  type TargetStream,
  type TestProcedures,
} from '#server/testing/open-procedures.ts';
import { AUTOSCALE_ACTOR, decideForStream } from './decide-for-stream.ts';
import { startAutoscaler } from './start-autoscaler.ts';

const MEBIBYTE = 1_048_576;
const MINUTE_MS = 60_000;
/** None that would hold it back, unless a test says so. */
const EAGER: AutoscalePolicy = {
  ...AUTOSCALE_DEFAULTS,
  lookBackMs: 3 * MINUTE_MS,
  outCoolOffMs: 0,
  inCoolOffMs: 0,
  hotShardUse: null,
};
const EVERY = new Map([['test', 60_000]]);
const NEVER = new AbortController().signal;

let procedures: TestProcedures;
let database: Database;
let world: World;
let operator: AppCaller['autoscale'];
let viewer: AppCaller['autoscale'];
let ctx: Parameters<typeof decideForStream>[0];
let target: TargetStream;
let names = 0;

beforeAll(async () => {
  procedures = await openProcedures({ world: { transitionMs: 20 } });
  ({ database, world } = procedures);
  operator = procedures.as('operator').autoscale;
  viewer = procedures.as('viewer').autoscale;
  ctx = {
    database,
    topologies: createTopologyCache(),
    aws: createAwsConnections([embeddedConnectionTo(world.endpoints)]),
    log: pino({ level: 'silent' }),
  };
});

afterAll(async () => {
  ctx.aws.close();
  await procedures.close();
});

/** A stream of two shards that has taken as much as 1.2 shards take, for ten minutes. */
beforeEach(async () => {
  names += 1;
  const streamName = `orders-${names}`;
  world.engine.createStream({ streamName, shardCount: 2 });
  await expect.poll(() => world.engine.describeStreamSummary({ streamName }).status).toBe('ACTIVE');
  target = await procedures.know(streamName, SHARD_METRICS);
  await record(1.2);
});

/** Writes what a collector would have written: the shards as they are, and minutes of a load up to now. */
async function record(
  loadShards: number,
  more: { readonly lagMs?: number; readonly hottestUse?: number } = {},
) {
  const { streamName, streamId } = target;
  const { shards } = world.engine.listShards({ streamName });
  await database.db.delete(frame).where(eq(frame.streamId, streamId));
  const nowMs = await readServerTimeMs(database);
  const { topologyId } = await database.db.transaction((tx) =>
    recordTopology(tx, streamId, shards, { nowMs, periodSeconds: 60 }),
  );
  const open = shards.filter(({ endingSequenceNumber }) => endingSequenceNumber === null).length;
  await database.db
    .update(stream)
    .set({ topologyId, openShardCount: open, collectedAt: sql`clock_timestamp()` })
    .where(eq(stream.id, streamId));
  const { hottestUse = loadShards / open, lagMs = 0 } = more;
  const restUse = (loadShards - hottestUse) / Math.max(1, open - 1);
  const thisMinuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  for (let minute = 1; minute <= 10; minute += 1) {
    await seedOf(database).frame({
      streamId,
      topologyId,
      periodSeconds: 60,
      periodStartMs: thisMinuteMs - minute * MINUTE_MS,
      stream: {
        IncomingBytes: loadShards * MEBIBYTE * 60,
        IncomingRecords: 600,
        'GetRecords.IteratorAgeMilliseconds': lagMs,
      },
      shardCount: open,
      shards: {
        IncomingBytes: Array.from(
          { length: open },
          (_, i) => (i === 0 ? hottestUse : restUse) * MEBIBYTE * 60,
        ),
        IncomingRecords: Array.from({ length: open }, () => 600 / open),
      },
    });
  }
}

async function setPolicy(mode: AutoscaleMode, change: Partial<AutoscalePolicy> = {}) {
  const { policy } = await viewer.get(target);
  const settings = { ...EAGER, ...change };
  await operator.set({ ...target, mode, settings, revision: policy.set?.revision ?? null });
}

/** Has the policy of the stream decide now, and no other. */
async function makeDue(): Promise<void> {
  const dueAt = sql`case when stream_id = ${target.streamId} then now() else 'infinity' end`;
  await database.db.update(autoscalePolicy).set({ dueAt });
}

async function claimNow(): Promise<PolicyClaim> {
  await makeDue();
  const claim = await claimDuePolicy(database, EVERY);
  if (claim === null) throw new Error('No policy was due.');
  return claim;
}

const decide = async () => decideForStream(ctx, await claimNow(), NEVER);
const newest = async () => (await viewer.get(target)).decisions[0];
const jobs = () =>
  database.db.select().from(reshardJob).where(eq(reshardJob.streamId, target.streamId));

/** Has the reshard that is under way carried out. */
async function reshard(): Promise<number> {
  const stop = new AbortController();
  const connection = embeddedConnectionTo(world.endpoints);
  const aws = openAws(connection);
  const times = { ...RECONCILE_TIMES, settleMs: 700, confirmMs: 300, backOffMsMin: 50 };
  const executor = startReshardExecutor(
    { database, connections: [{ connection, aws }], log: ctx.log, holder: 'test', times },
    stop.signal,
  );
  const openJobs = async () => (await jobs()).filter(({ endedAt }) => endedAt === null).length;
  await expect.poll(openJobs, { timeout: 20_000 }).toBe(0);
  stop.abort();
  await executor.done;
  aws.close();
  return world.engine.describeStreamSummary({ streamName: target.streamName }).openShardCount;
}

test('it follows a load up, cools off, and follows it down to the least, when no consumer lags', async () => {
  await setPolicy('act', { shardsMin: 2 });
  await decide();
  expect(await newest()).toMatchObject({ outcome: 'none', decision: { reason: 'within-target' } });

  await record(1.9);
  await decide();
  const [job] = await jobs();
  expect(job).toMatchObject({ requestedBy: AUTOSCALE_ACTOR, goal: { kind: 'scale-to-count' } });
  expect(job?.purpose).toBe('Scale to 3 shards: 2 shards for a load of 1.9 shards.');
  expect(await newest()).toMatchObject({ outcome: 'started', jobId: job?.id });
  const written = await database.db.select().from(audit).where(eq(audit.actor, AUTOSCALE_ACTOR));
  expect(written).toMatchObject([{ procedure: 'reshard.start', outcome: 'ok' }]);

  await decide();
  expect(await newest()).toMatchObject({ decision: { reason: 'reshard-under-way' } });
  expect(await reshard()).toBe(3);

  await setPolicy('act', { shardsMin: 2, outCoolOffMs: 10 * MINUTE_MS });
  await record(2.9);
  await decide();
  await decide();
  expect(await newest()).toMatchObject({
    count: 2,
    outcome: 'none',
    decision: { reason: 'cooling-off', heldBack: { do: 'scale-to-count', count: 5 } },
  });

  await setPolicy('act', { shardsMin: 2 });
  await record(0.2, { lagMs: 20 * MINUTE_MS });
  await decide();
  expect(await newest()).toMatchObject({
    decision: { reason: 'consumer-lags', heldBack: { count: 2 }, facts: { lagMs: 20 * MINUTE_MS } },
  });
  expect(await jobs()).toHaveLength(1);

  await record(0.2);
  await decide();
  expect(await newest()).toMatchObject({
    outcome: 'started',
    decision: { reason: 'load-below-target', action: { count: 2 } },
  });
  expect(await reshard()).toBe(2);
  await setPolicy('act', { shardsMin: 1, reshardsPerDayMax: 2 });
  await record(0.2);
  await decide();
  expect(await newest()).toMatchObject({ decision: { reason: 'day-spent' } });
}, 60_000);

test('it moves load from a hot shard once, and says where that did not help', async () => {
  await setPolicy('act', { hotShardUse: 0.9 });
  await record(1.1, { hottestUse: 0.95 });
  await decide();
  expect(await newest()).toMatchObject({
    outcome: 'started',
    decision: { reason: 'hot-shard', action: { do: 'rebalance', count: 2 } },
  });
  expect(await reshard()).toBe(2);
  await record(1.1, { hottestUse: 0.95 });
  // Figures of a minute that began after the reshard are not there yet: these are taken for such.
  await database.db
    .update(topology)
    .set({ observedAt: sql`observed_at - interval '1 hour'` })
    .where(eq(topology.streamId, target.streamId));
  await database.db
    .update(reshardJob)
    .set({ endedAt: sql`ended_at - interval '1 hour'` })
    .where(eq(reshardJob.streamId, target.streamId));
  await decide();
  expect(await newest()).toMatchObject({
    outcome: 'none',
    decision: { reason: 'hot-shard-stays', heldBack: { do: 'rebalance', count: 2 } },
  });
}, 60_000);

test('it cools off after what others have resharded, too', async () => {
  await setPolicy('act', { outCoolOffMs: 10 * MINUTE_MS });
  const { streamName } = target;
  world.engine.splitShard({
    streamName,
    shardToSplit: 'shardId-000000000000',
    newStartingHashKey: 2n ** 126n,
  });
  await expect.poll(() => world.engine.describeStreamSummary({ streamName }).status).toBe('ACTIVE');
  await record(2.9);
  await decide();
  expect(await newest()).toMatchObject({
    decision: { reason: 'cooling-off', facts: { openShardCount: 3 } },
  });
});

test('decisions are deleted when they are old, and no others', async () => {
  await setPolicy('advise');
  await decide();
  const nowMs = await readServerTimeMs(database);
  const deleteBefore = (beforeMs: number) =>
    database.db.transaction((tx) => deleteOldDecisions(tx, target.connection, beforeMs));
  await deleteBefore(nowMs - MINUTE_MS);
  expect(await newest()).toBeDefined();
  await deleteBefore(nowMs + MINUTE_MS);
  expect(await newest()).toBeUndefined();
});

test('a consumer of whom nothing is known keeps its shards', async () => {
  const seed = seedConsumersOf(database);
  const { connection, streamId } = target;
  const name = 'reports-worker';
  const applicationId = await seed.application({ connection, streamId, name });
  await setPolicy('advise');
  await record(0.2);
  await decide();
  expect(await newest()).toMatchObject({
    decision: { reason: 'lag-unknown', facts: { lagMs: null, lagOf: name } },
  });
  const observedMs = await readServerTimeMs(database);
  const health = healthOf([leaseHealthOf(0)]);
  await seed.reading({ applicationId, streamId, observedMs, health });
  await decide();
  expect(await newest()).toMatchObject({
    outcome: 'proposed',
    decision: { facts: { lagMs: 4_000, lagOf: name } },
  });
});

test('by stale figures nothing is decided, and silence is no load that is known', async () => {
  await setPolicy('act');
  await record(1.9);
  await database.db
    .update(stream)
    .set({ collectedAt: sql`now() - interval '1 hour'` })
    .where(eq(stream.id, target.streamId));
  await decide();
  expect(await newest()).toMatchObject({ decision: { reason: 'figures-stale' } });
  await record(Number.NaN);
  await database.db
    .update(frame)
    .set({ streamValues: Buffer.alloc(0) })
    .where(eq(frame.streamId, target.streamId));
  await decide();
  expect(await newest()).toMatchObject({ decision: { reason: 'load-unknown' } });
  expect(await jobs()).toEqual([]);
});

test('who died after deciding has begun nothing, and whoever decides next begins it once', async () => {
  await setPolicy('act');
  await record(1.9);
  const died = await claimNow();
  await decide();
  expect(await jobs()).toHaveLength(1);
  // As a process does that was frozen between its decision and the start, and comes back.
  await expect(decideForStream(ctx, died, NEVER)).rejects.toBeInstanceOf(LeaseLost);
  expect(await jobs()).toHaveLength(1);
  expect((await viewer.get(target)).decisions.map(({ outcome }) => outcome)).toEqual(['started']);
});

test('a policy that is switched off while it decides begins nothing', async () => {
  await setPolicy('act');
  await record(1.9);
  const claim = await claimNow();
  await setPolicy('off');
  await expect(decideForStream(ctx, claim, NEVER)).rejects.toBeInstanceOf(LeaseLost);
  expect(await jobs()).toEqual([]);
  expect((await viewer.get(target)).decisions).toEqual([]);
});

test('of many workers one decides, and in its turn again', async () => {
  const claimAll = async () => {
    const claims = Array.from({ length: 4 }, () => claimDuePolicy(database, EVERY));
    return (await Promise.all(claims)).filter((claim) => claim !== null);
  };
  await setPolicy('advise');
  await makeDue();
  const [first, ...more] = await claimAll();
  expect(more).toEqual([]);
  if (first === undefined) throw new Error('Nobody decides.');
  expect(await claimAll()).toEqual([]);
  await makeDue();
  expect(await claimAll()).toMatchObject([{ streamId: target.streamId, token: first.token + 1 }]);
  await expect(database.db.transaction((tx) => proveClaim(tx, first))).rejects.toThrow(LeaseLost);
});

test('a worker decides by itself as soon as a policy is set', async () => {
  const stop = new AbortController();
  const connection = embeddedConnectionTo(world.endpoints);
  const aws = openAws(connection);
  const autoscaler = startAutoscaler(
    { database, connections: [{ connection, aws }], log: ctx.log },
    stop.signal,
  );
  await setPolicy('advise');
  autoscaler.onNotification({ kind: 'reshard', streamId: target.streamId });
  await expect.poll(newest, { timeout: 10_000 }).toMatchObject({ outcome: 'none', count: 1 });
  stop.abort();
  await autoscaler.done;
  aws.close();
});

test('what is advised is begun by a person, just so, with the name where shards go', async () => {
  await setPolicy('advise');
  await record(0.2);
  await decide();
  await decide();
  const { open } = await viewer.get(target);
  expect(open).toMatchObject({
    count: 2,
    proposal: { shardsBefore: 2, shardsAfter: 1, needsName: true },
  });
  const seen = {
    ...target,
    decisionId: open?.id ?? 0,
    planFingerprint: open?.proposal?.planFingerprint ?? '',
  };
  const { streamName } = target;
  await expect(viewer.applyProposal({ ...seen, typedName: streamName })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(operator.applyProposal({ ...seen, typedName: null })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  const other = { ...seen, planFingerprint: 'another', typedName: streamName };
  await expect(operator.applyProposal(other)).rejects.toMatchObject({ code: 'CONFLICT' });
  const { jobId } = await operator.applyProposal({ ...seen, typedName: streamName });
  const [job] = await jobs();
  expect(job).toMatchObject({ id: jobId, requestedBy: 'somebody' });
  expect(await newest()).toMatchObject({ outcome: 'applied', appliedBy: 'somebody', jobId });
  await expect(operator.applyProposal({ ...seen, typedName: streamName })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('a policy is set by operators, as it was looked at, and acts only where it may', async () => {
  const settings = EAGER;
  const first = { ...target, mode: 'advise' as const, settings, revision: null };
  await expect(viewer.set(first)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await viewer.get(target)).policy).toMatchObject({ mode: 'off', set: null });
  const { revision } = await operator.set(first);
  await expect(operator.set(first)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(
    operator.set({ ...first, revision, settings: { ...settings, shardsMax: 0 } }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('10,000') });
  await expect(operator.set({ ...first, streamId: 9_999 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await database.db.update(connectionState).set({ readOnly: 'yes' });
  await expect(operator.set({ ...first, mode: 'act', revision })).rejects.toMatchObject({
    message: expect.stringContaining('read-only'),
  });
  await database.db.update(connectionState).set({ readOnly: 'no' });
  expect((await viewer.get(target)).policy.set).toMatchObject({ revision, by: 'somebody' });
});

test('where a connection has become read-only, a policy that acts says so, and begins nothing', async () => {
  await setPolicy('act');
  await record(1.9);
  await database.db.update(connectionState).set({ readOnly: 'yes' });
  await decide();
  await database.db.update(connectionState).set({ readOnly: 'no' });
  expect(await newest()).toMatchObject({
    outcome: 'refused',
    words: expect.stringContaining('read-only'),
  });
  await decide();
  expect(await newest()).toMatchObject({ decision: { reason: 'tried-in-vain' } });
  expect(await jobs()).toEqual([]);
});

test('to stop all jobs holds policies that act', async () => {
  await setPolicy('act');
  const { jobs: all } = procedures.as('operator');
  expect((await all.stoppable()).policies).toContain(target.streamName);
  const { policies } = await all.stopAll({ purpose: 'a test' });
  expect(policies).toBeGreaterThan(0);
  expect((await viewer.get(target)).policy).toMatchObject({ mode: 'advise' });
});

test('a backtest tells what a policy would have done over what was recorded', async () => {
  await record(1.9);
  const test = await viewer.backtest({ ...target, settings: EAGER, hours: 24 });
  expect(test).toMatchObject({ periodSeconds: 60, changes: [{ action: { count: 3 } }] });
  expect(test?.recordedShards).toHaveLength(10);
  expect(test?.policyShards.at(-1)).toBe(3);
  expect(test?.dollars.byPolicy).toBeGreaterThan(test?.dollars.recorded ?? 0);
});
