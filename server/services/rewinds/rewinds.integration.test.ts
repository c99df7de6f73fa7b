import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  type ShardIteratorType,
} from '@aws-sdk/client-kinesis';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { applicationSummary } from '#lib/domain/consumers/application-summary.ts';
import { arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import { evaluateApplication } from '#lib/domain/consumers/evaluate.ts';
import { readLeaseRows } from '#lib/domain/consumers/lease-rows.ts';
import { observe } from '#lib/domain/consumers/observe.ts';
import { packTrack } from '#lib/domain/consumers/pack-track.ts';
import { textOf } from '#lib/domain/consumers/rewind/lease-item.ts';
import { loadItem, type StoredItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import { surveyShards } from '#lib/domain/consumers/shard-survey.ts';
import { THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import { WHOLE_RING } from '#lib/domain/hash-range.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { packBytes, packHealth } from '#server/db/consumers/pack-health.ts';
import { markSteps, startRewind } from '#server/db/rewinds/advance-rewind.ts';
import { readRewindSteps } from '#server/db/rewinds/read-rewinds.ts';
import { application, applicationState, audit, rewind } from '#server/db/schema.ts';
import { EMPTY_PLAN } from '#server/local-aws/scenario/demo-plan.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { steadyStream } from '#server/local-aws/testing/steady-stream.ts';
import type { World } from '#server/local-aws/world.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import type { HalfARewind } from '#server/services/testing/half-a-rewind.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import {
  type AppCaller,
  openProcedures,
  type TestProcedures,
} from '#server/testing/open-procedures.ts';
import { runRewind } from './run-rewind.ts';

const CONNECTION = 'test';
const STREAM = 'orders';
const READER = 'reader';
const SHARDS = 4;

let procedures: TestProcedures;
let database: Database;
let world: World;
let kinesis: KinesisClient;
let aws: Aws;
let caller: AppCaller;
let applicationId: number;
let track: ApplicationTrack | null = null;
/** In which a worker renews each lease so many times between our reading and our writing of it. */
function openRaced(renewals: number) {
  const seen = new Map<string, number>();
  return (connection: Connection): Aws => {
    const opened = openAws(connection);
    const write: typeof opened.leases.write = async (tableName, step, signal) => {
      const { leaseKey, former } = step;
      const times = seen.get(leaseKey) ?? 0;
      seen.set(leaseKey, times + 1);
      if (times < renewals && former !== null) {
        const renewed = { ...former, leaseCounter: { N: String(1_000_000 + times) } };
        await opened.leases.write(tableName, { leaseKey, former, wanted: renewed }, signal);
      }
      return opened.leases.write(tableName, step, signal);
    };
    return { ...opened, leases: { ...opened.leases, write } };
  };
}

/** Refuses to write the lease of one shard. */
function openThrottled(connection: Connection): Aws {
  const opened = openAws(connection, { repeats: false });
  const write: typeof opened.leases.write = async (tableName, step, signal) => {
    if (step.leaseKey.endsWith('2')) {
      throw new AwsFailure('throttled', 'dynamodb:PutItem', 'The table is throttled.');
    }
    return opened.leases.write(tableName, step, signal);
  };
  return { ...opened, leases: { ...opened.leases, write } };
}

beforeAll(async () => {
  procedures = await openProcedures({
    world: { clock: 'virtual' },
    plan: {
      ...EMPTY_PLAN,
      streams: [steadyStream({ streamName: STREAM, shardCount: SHARDS })],
    },
  });
  ({ database, world } = procedures);
  caller = procedures.as('operator');
  aws = openAws(embeddedConnectionTo(world.endpoints, CONNECTION));
  kinesis = new KinesisClient({ ...LOCAL_CLIENT, endpoint: world.endpoints.kinesis });
  applicationId = await knownReader();
  await control({
    action: 'start-application',
    application: READER,
    streamNames: [STREAM],
    workerCount: 2,
    recordsPerSecond: 60,
  });
  await run(90);
});

afterAll(async () => {
  aws.close();
  kinesis.destroy();
  await procedures.close();
});

/** Each test begins with workers that were seen to stop. */
beforeEach(stopWorkers);

async function run(seconds: number): Promise<void> {
  await world.advanceTo(world.clock.nowMs() + seconds * 1_000);
}

async function control(request: object): Promise<void> {
  const response = await fetch(`${world.endpoints.admin}/scenario/control`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  expect(await response.text()).toBe('{"done":true}');
}

async function stopWorkers(): Promise<void> {
  await control({ action: 'recover', application: READER });
  await run(30);
  await watch();
  await control({ action: 'die', application: READER });
  await run(10);
  await watch();
  await run(100);
}

/** The rows that a collector would have written of the stream and its reader. */
async function knownReader(): Promise<number> {
  const { streamId } = await procedures.know(STREAM);
  const [made] = await database.db
    .insert(application)
    .values({
      connection: CONNECTION,
      streamId,
      kind: 'kcl',
      name: READER,
      source: {
        kind: 'kcl',
        tableName: READER,
        workersTable: null,
        isMultiStream: false,
        boundBy: 'creation',
      },
      discoveredAt: new Date(),
      cadenceSeconds: 5,
    })
    .returning({ id: application.id });
  return made?.id ?? 0;
}

/** Looks at the table as a collector does, and remembers it. */
async function watch(): Promise<void> {
  const atMs = world.clock.nowMs();
  const items = (await table()).map((row) => loadItem(row));
  const { groups } = readLeaseRows(items as Parameters<typeof readLeaseRows>[0]);
  const survey = surveyShards(await aws.listShards(STREAM, new AbortController().signal), atMs);
  const observation = {
    atMs,
    throughMs: atMs,
    counterIs: 'renewals',
    leases: groups[0]?.leases ?? [],
    unreadable: [],
    workers: null,
  } as const;
  track = observe(track, observation, survey).track;
  const facts = { kind: 'kcl', track, survey, arrivals: arrivalsOf([]), retentionMs: 1 } as const;
  const health = evaluateApplication(facts, THRESHOLDS, atMs);
  const state = {
    observedAt: new Date(atMs),
    track: await packBytes(packTrack(track)),
    summary: { ...applicationSummary(health), throughput: null },
    health: await packHealth(health),
    changedAt: new Date(atMs),
  };
  await database.db
    .insert(applicationState)
    .values({ applicationId, ...state })
    .onConflictDoUpdate({ target: applicationState.applicationId, set: state });
}

async function table(): Promise<readonly StoredItem[]> {
  const rows = await aws.leases.readAll(READER, new AbortController().signal);
  return [...rows].sort((a, b) =>
    JSON.stringify(a['leaseKey']) < JSON.stringify(b['leaseKey']) ? -1 : 1,
  );
}

async function checkpointOf(shardId: string): Promise<string | null> {
  const row = (await table()).find((one) => textOf(one, 'leaseKey') === shardId);
  return row === undefined ? null : textOf(row, 'checkpoint');
}

const checkpoints = async () => (await table()).map((row) => JSON.stringify(row['checkpoint']));

async function firstArrivalMs(
  shardId: string,
  type: ShardIteratorType,
  sequenceNumber: string,
): Promise<number> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: STREAM,
      ShardId: shardId,
      ShardIteratorType: type,
      StartingSequenceNumber: sequenceNumber,
    }),
  );
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
  return Records?.[0]?.ApproximateArrivalTimestamp?.getTime() ?? Number.NaN;
}

/** Carries a rewind out in a process of its own, and kills that with -9 once it has written so many leases. */
async function killedAfter(writes: number, rewindId: number): Promise<void> {
  const half: HalfARewind = {
    databaseUrl: procedures.databaseUrl,
    connection: embeddedConnectionTo(world.endpoints, CONNECTION),
    rewindId,
    writes,
  };
  const child = fork(new URL('../testing/half-a-rewind.ts', import.meta.url), [
    JSON.stringify(half),
  ]);
  const exited = once(child, 'exit');
  const isWritten = async () =>
    (await checkpoints()).filter((text) => text.includes('LATEST')).length === writes;
  await vi.waitUntil(isWritten, { timeout: 30_000, interval: 100 });
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
}

const plan = (
  target: Parameters<typeof caller.rewinds.plan>[0]['target'],
  shardIds: string[] | null = null,
) => caller.rewinds.plan({ connection: CONNECTION, applicationId, target, shardIds });

const runIt = (rewindId: number, typedName: string | null = null) =>
  caller.rewinds.run({ connection: CONNECTION, rewindId, typedName });

test('refuses while a worker is at work, and nothing changes', async () => {
  await control({ action: 'recover', application: READER });
  await run(15);
  const { rewindId, live } = await plan({ kind: 'trim-horizon' });
  expect(live).toHaveLength(SHARDS);
  await expect(runIt(rewindId)).rejects.toThrow(/may be at work, on 4 of the leases/);
  await expect(runIt(rewindId, 'writer')).rejects.toThrow(/Nothing was changed/);
  expect(await checkpoints()).not.toContain('{"S":"TRIM_HORIZON"}');
  const [row] = await database.db.select().from(rewind).where(eq(rewind.id, rewindId));
  expect(row?.state).toBe('planned');
});

test('takes the leases away from workers at work where the name confirms it', async () => {
  await control({ action: 'recover', application: READER });
  await run(15);
  const { rewindId } = await plan({ kind: 'trim-horizon' });
  await expect(runIt(rewindId, READER)).resolves.toEqual({ written: SHARDS, refused: [] });
  expect(new Set(await checkpoints())).toEqual(new Set(['{"S":"TRIM_HORIZON"}']));
});

test.each([
  { renewals: 4, state: 'done', written: SHARDS },
  { renewals: 5, state: 'broken', written: 0 },
])('a worker that renews its leases $renewals times meanwhile: $state', async (race) => {
  await control({ action: 'recover', application: READER });
  await run(15);
  const { rewindId } = await plan({ kind: 'trim-horizon' });
  const connections = createAwsConnections(
    [embeddedConnectionTo(world.endpoints, CONNECTION)],
    openRaced(race.renewals),
  );
  const ctx = { database, aws: connections, log: pino({ level: 'silent' }) };
  const input = { connection: CONNECTION, rewindId, typedName: READER };
  const { written, refused } = await runRewind({ ctx, input });
  connections.close();
  expect([written, refused.length]).toEqual([race.written, SHARDS - race.written]);
  expect(await viewOf(rewindId)).toMatchObject({ state: race.state, written: race.written });
  // What is kept of a lease is how it was when it was written over: with the counter of its last renewal.
  const steps = await readRewindSteps(database, rewindId);
  const counters = steps.map(({ former }) => JSON.stringify(former?.['leaseCounter']));
  expect(new Set(counters)).toEqual(new Set(['{"N":"1000003"}']));
});

test('has the application read from the chosen time, and puts the former leases back exactly', async () => {
  const former = await table();
  const chosenMs = world.clock.nowMs() - 150_000;
  const { rewindId, live, effects } = await plan({ kind: 'time', atMs: chosenMs });
  expect(live).toEqual([]);
  expect(effects).toHaveLength(SHARDS);
  await expect(runIt(rewindId)).resolves.toEqual({ written: SHARDS, refused: [] });
  for (const { shardId, to, beginsAtMs } of effects) {
    expect(await firstArrivalMs(shardId, 'AT_SEQUENCE_NUMBER', to ?? '')).toBeLessThan(chosenMs);
    const first = await firstArrivalMs(shardId, 'AFTER_SEQUENCE_NUMBER', to ?? '');
    expect(first).toBeGreaterThanOrEqual(chosenMs);
    expect(first).toBe(beginsAtMs);
  }
  for (const row of await table()) expect(row['leaseOwner']).toBeUndefined();

  await control({ action: 'recover', application: READER });
  const backMs = world.clock.nowMs();
  await run(25);
  const reader = world.scenario.applications.find(({ name }) => name === READER);
  const truth = (await reader?.truth(world.clock.nowMs())) ?? [];
  for (const lease of truth) {
    const again = lease.checkpoints.find(({ atMs }) => atMs >= backMs);
    expect(again?.arrivalMs).toBeGreaterThanOrEqual(chosenMs);
    expect(again?.arrivalMs).toBeLessThan(backMs - 15_000);
  }

  await expect(
    caller.rewinds.restore({ connection: CONNECTION, rewindId, typedName: null }),
  ).rejects.toThrow(/may be at work/);
  await watch();
  await control({ action: 'die', application: READER });
  await run(5);
  await watch();
  await run(100);
  await caller.rewinds.restore({ connection: CONNECTION, rewindId, typedName: null });
  expect(await table()).toEqual(former);
  const [newest] = await caller.rewinds.list({ applicationId });
  expect(newest).toMatchObject({
    restores: rewindId,
    state: 'done',
    written: SHARDS,
    actor: 'somebody',
  });
  const audited = await database.db
    .select()
    .from(audit)
    .where(eq(audit.procedure, 'rewinds.restore'));
  expect(audited.map(({ outcome }) => outcome)).toEqual(['error', 'ok']);
});

test('leaves alone what anybody changed since the preview', async () => {
  const { rewindId } = await plan({ kind: 'latest' });
  await control({ action: 'recover', application: READER });
  await run(15);
  await control({ action: 'die', application: READER });
  await watch();
  await run(120);
  const before = await table();
  await expect(runIt(rewindId)).rejects.toThrow(/leases have changed since the preview/);
  expect(await table()).toEqual(before);
});

const halfOf = async () => {
  expect((await checkpoints()).filter((text) => text.includes('LATEST'))).toHaveLength(2);
};

const viewOf = async (rewindId: number) =>
  (await caller.rewinds.list({ applicationId })).find((view) => view.rewindId === rewindId);

test('can be undone where its process was killed in the middle', async () => {
  const former = await table();
  const { rewindId } = await plan({ kind: 'latest' });
  await killedAfter(2, rewindId);
  await halfOf();
  expect(await viewOf(rewindId)).toMatchObject({ state: 'running', endedAtMs: null });
  await caller.rewinds.restore({ connection: CONNECTION, rewindId, typedName: null });
  expect(await viewOf(rewindId)).toMatchObject({ state: 'undone' });
  expect(await table()).toEqual(former);
  await expect(
    caller.rewinds.finish({ connection: CONNECTION, rewindId, typedName: null }),
  ).rejects.toThrow(/nothing to finish/);
});

test('says where it was cut off by AWS, and can be finished then', async () => {
  const { rewindId } = await plan({ kind: 'trim-horizon' });
  const connections = createAwsConnections(
    [embeddedConnectionTo(world.endpoints, CONNECTION)],
    openThrottled,
  );
  const ctx = { database, aws: connections, log: pino({ level: 'silent' }) };
  const input = { connection: CONNECTION, rewindId, typedName: null };
  await expect(runRewind({ ctx, input })).rejects.toThrow(
    'It was cut off: 3 of 4 leases were set. The table is throttled. Finish it',
  );
  connections.close();
  expect(await viewOf(rewindId)).toMatchObject({ state: 'running', isCutOff: true, written: 3 });
  await caller.rewinds.finish(input);
  expect(await viewOf(rewindId)).toMatchObject({ state: 'done', written: SHARDS });
});

test('can be finished where its process was killed in the middle', async () => {
  const { rewindId } = await plan({ kind: 'latest' });
  // What a process leaves that is killed: all marked as sent, two of them written.
  const steps = await readRewindSteps(database, rewindId);
  const keys = steps.map(({ leaseKey }) => leaseKey);
  await startRewind(database, rewindId, 'planned');
  await markSteps(database, rewindId, keys, 'sent');
  for (const step of steps.slice(0, 2)) {
    await aws.leases.write(READER, step, new AbortController().signal);
  }
  await halfOf();
  await caller.rewinds.finish({ connection: CONNECTION, rewindId, typedName: null });
  expect(await viewOf(rewindId)).toMatchObject({ state: 'done', written: SHARDS });
  expect(new Set(await checkpoints())).toEqual(new Set(['{"S":"LATEST"}']));
});

test('has a split parent read again before its children', async () => {
  const [PARENT, CHILD] = ['shardId-000000000003', 'shardId-000000000004'];
  await control({ action: 'recover', application: READER });
  const splitMs = world.clock.nowMs();
  const { end } = WHOLE_RING;
  world.engine.splitShard({
    streamName: STREAM,
    shardToSplit: PARENT,
    newStartingHashKey: end - (end >> 3n),
  });
  await run(45);
  expect(await checkpointOf(PARENT)).toBe('SHARD_END');
  expect(await checkpointOf(CHILD)).toMatch(/^\d+$/);
  await stopWorkers();

  const { rewindId, effects } = await plan({ kind: 'time', atMs: splitMs - 30_000 });
  expect(effects.map(({ shardId, to }) => (shardId >= CHILD ? to : null))).toEqual([
    null,
    null,
    null,
    null,
    'TRIM_HORIZON',
    'TRIM_HORIZON',
  ]);
  await runIt(rewindId);
  expect(await checkpointOf(PARENT)).toMatch(/^\d+$/);
  await control({ action: 'recover', application: READER });
  await vi.waitUntil(
    async () => {
      await run(1);
      const [parent, child] = [await checkpointOf(PARENT), await checkpointOf(CHILD)];
      // The child has not begun while its parent is being read.
      if (parent !== 'SHARD_END') expect(child).toBe('TRIM_HORIZON');
      return parent === 'SHARD_END' && child !== 'TRIM_HORIZON';
    },
    { timeout: 30_000, interval: 1 },
  );
});

test('takes a sequence number for one shard, and only one of that shard', async () => {
  const [lease] = await table();
  const shardId = 'shardId-000000000000';
  const checkpoint = JSON.parse(JSON.stringify(lease?.['checkpoint'])).S;
  const target = { kind: 'sequence-number', sequenceNumber: checkpoint } as const;
  await expect(plan(target)).rejects.toThrow(/a place in one shard/);
  await expect(plan(target, ['shardId-000000000001'])).rejects.toThrow(/shard\./);
  const { effects } = await plan(target, [shardId]);
  expect(effects).toMatchObject([{ shardId, to: checkpoint, againRecords: null }]);
});
