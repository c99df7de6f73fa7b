import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { decodeSequenceNumber, parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { insertReshardJob } from '#server/db/reshard/reshard-job.ts';
import { storedPlanOf } from '#server/db/reshard/stored-plan.ts';
import { reshardJob, reshardJournal, type StoredForecast, topology } from '#server/db/schema.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { openShards, seedOf } from '#server/services/testing/seed.ts';
import {
  healthOf,
  leaseHealthOf,
  seedConsumersOf,
} from '#server/services/testing/seed-consumers.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { watchReshard } from './watch-reshard.ts';

const CONNECTION = 'test';
const MINUTE_MS = 60_000;
const HALF = hashKey(2n ** 127n);
/** When the seeded shards were created, by their sequence numbers. */
const CREATED_MS = createdMs();
const ENDED_MS = CREATED_MS + 1_000;

let testDatabase: TestDatabase;
let database: Database;
let names = 0;
let streamId: number;
let before: number;
let after: number;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
  await seedOf(database).connection(CONNECTION);
});

afterAll(async () => {
  await database.close();
  await testDatabase.close();
});

/** A stream of one shard that was split in the middle. */
beforeEach(async () => {
  names += 1;
  const seed = seedOf(database);
  streamId = await seed.stream({ connection: CONNECTION, name: `orders-${names}` });
  before = await seed.topology({ streamId, openShardCount: 1 });
  const parents = openShards(1, 0).map((shard) => ({
    ...shard,
    endingSequenceNumber: shard.startingSequenceNumber,
  }));
  after = await seed.topology({ streamId, openShardCount: 2, firstIndex: 1, closed: parents });
  const children = openShards(2, 1).map((shard) => ({ ...shard, parentShardId: shardIdOf(0) }));
  await database.db
    .update(topology)
    .set({ shards: [...children, ...parents] })
    .where(eq(topology.id, after));
});

function createdMs(): number {
  const first = parseSequenceNumber(openShards(1, 0)[0]?.startingSequenceNumber ?? '');
  const fields = first === null ? null : decodeSequenceNumber(first);
  if (fields === null) throw new Error('The seed has no creation.');
  return fields.shardCreatedSeconds * 1_000;
}

/** The job that split it, done at `ENDED_MS`. */
async function makeJob(forecast?: StoredForecast): Promise<number> {
  const steps = [{ kind: 'split', at: HALF }] as const;
  const choice = { method: 'boundaries', because: 'not-uniform' } as const;
  const plan = { from: [], to: [HALF], steps, peakShards: 2, choice, remarks: [] };
  const jobId = await insertReshardJob(database, {
    connection: CONNECTION,
    streamId,
    streamName: `orders-${names}`,
    arn: 'arn',
    createdAtMs: 1_000,
    goal: { kind: 'split-shard' },
    plan: storedPlanOf(plan, { choice: '', remarks: [] }),
    ...(forecast !== undefined && { forecast }),
    ignoresLag: false,
    requestedBy: 'somebody',
    purpose: null,
  });
  if (jobId === null) throw new Error('Another one is under way.');
  await database.db
    .insert(reshardJournal)
    .values({ jobId, at: new Date(CREATED_MS - 1_000), kind: 'intent', step: 0, attempt: 1 });
  await database.db
    .update(reshardJob)
    .set({ state: 'done', stepsDone: 1, endedAt: new Date(ENDED_MS) })
    .where(eq(reshardJob.id, jobId));
  return jobId;
}

const FORECAST: StoredForecast = {
  minutes: 15,
  by: 'mean',
  untilMs: CREATED_MS - MINUTE_MS,
  periodSeconds: 60,
  rates: [
    [0.6 * MEBIBYTE, 100],
    [0.4 * MEBIBYTE, 100],
  ],
};

/** Ten minutes before it with refused records, and ten after without, in which the first child is busier. */
async function seedFrames(): Promise<void> {
  const seed = seedOf(database);
  const startMs = Math.floor(CREATED_MS / MINUTE_MS) * MINUTE_MS;
  for (let minute = 1; minute <= 10; minute += 1) {
    await seed.frame({
      streamId,
      topologyId: before,
      periodSeconds: 60,
      periodStartMs: startMs - minute * MINUTE_MS,
      shardCount: 1,
      stream: { IncomingRecords: 6_000, WriteProvisionedThroughputExceeded: 50 },
      shards: { IncomingBytes: [MEBIBYTE * 60], IncomingRecords: [6_000] },
    });
    await seed.frame({
      streamId,
      topologyId: after,
      periodSeconds: 60,
      periodStartMs: startMs + minute * MINUTE_MS,
      shardCount: 2,
      stream: { IncomingRecords: 12_000, WriteProvisionedThroughputExceeded: 0 },
      shards: {
        IncomingBytes: [0.75 * MEBIBYTE * 60, 0.45 * MEBIBYTE * 60],
        IncomingRecords: [6_000, 6_000],
      },
    });
  }
}

const watch = (jobId: number) =>
  watchReshard({ ctx: { database, topologies: createTopologyCache() }, input: { jobId } });

test('tells what each consumer has left of the closed shard, and which new ones it reads', async () => {
  const jobId = await makeJob();
  const consumers = seedConsumersOf(database);
  const read = async (name: string, leases: Parameters<typeof healthOf>[0]) => {
    const applicationId = await consumers.application({ connection: CONNECTION, streamId, name });
    const health = healthOf(leases);
    const observedMs = ENDED_MS + MINUTE_MS;
    await consumers.reading({ applicationId, streamId, observedMs, health });
  };
  await read('follows', [
    leaseHealthOf(0, { status: 'DONE', lag: { kind: 'done' } }),
    leaseHealthOf(1),
    leaseHealthOf(2),
  ]);
  await read('lags', [
    leaseHealthOf(0, { backlogRecords: 900 }),
    leaseHealthOf(1, { status: 'WAITING_PARENT' }),
    leaseHealthOf(2, { status: 'WAITING_PARENT' }),
  ]);
  await consumers.application({ connection: CONNECTION, streamId, name: 'new' });
  const view = await watch(jobId);
  expect(view).toMatchObject({ isOver: true, parentCount: 1, childCount: 2, unseenCount: 0 });
  const of = (name: string) => view.applications.find((one) => one.name === name)?.watch;
  expect(of('follows')).toMatchObject({ verdict: 'settled', parents: { drained: 1 } });
  expect(of('lags')).toMatchObject({
    verdict: 'under-way',
    parents: { unread: 1 },
    children: { waiting: 2 },
    slowestParent: { shardId: shardIdOf(0), backlogRecords: 900 },
  });
  expect(of('new')).toMatchObject({ verdict: 'unknown', children: { unknown: 2 } });
  expect(view.verdict).toBe('under-way');
});

test('holds what was predicted against what was seen, and refusals before against those after', async () => {
  const jobId = await makeJob(FORECAST);
  await seedFrames();
  const { use, refusals, span } = await watch(jobId);
  expect(use?.busiest.predicted).toBeCloseTo(0.6);
  expect(use?.busiest.actual).toBeCloseTo(0.75);
  expect(use?.loadRatio).toBeCloseTo(1.2);
  expect(use?.window?.periodSeconds).toBe(60);
  expect(use?.shards.map(({ shardId }) => shardId)).toEqual([shardIdOf(1), shardIdOf(2)]);
  expect(use?.predicted).toHaveLength(2);
  expect(refusals).toMatchObject({
    outcome: 'ended',
    before: { throttledRecords: 500, throttledPeriods: 10 },
    after: { throttledRecords: 0, periods: 10 },
  });
  // Long ago: nothing of today is told of it.
  expect(span).toMatchObject({ isOver: true, until: { why: 'day-over' } });
});

test('says what is not known', async () => {
  const jobId = await makeJob();
  const { use, refusals, verdict, applications } = await watch(jobId);
  expect(use).toMatchObject({ basis: null, window: null, loadRatio: null });
  expect(use?.shards.map(({ actualUse, predictedUse }) => [actualUse, predictedUse])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(refusals).toEqual({ outcome: 'unknown', before: null, after: null });
  expect(applications).toEqual([]);
  expect(verdict).toBe('unknown');
  await expect(watch(9_999)).rejects.toMatchObject({ kind: 'not-found' });
  await seedOf(database).gone(streamId);
  await expect(watch(jobId)).rejects.toMatchObject({ kind: 'not-found' });
});
