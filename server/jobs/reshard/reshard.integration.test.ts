import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { type HashKey, hashKey } from '#lib/domain/hash-key.ts';
import { rangeContains } from '#lib/domain/hash-range.ts';
import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { uniformBoundaries } from '#lib/domain/reshard/boundaries.ts';
import { RECONCILE_TIMES } from '#lib/domain/reshard/job/reconcile.ts';
import { boundariesOf, type Layout, readLayout } from '#lib/domain/reshard/layout.ts';
import { planBoundaries } from '#lib/domain/reshard/plan-boundaries.ts';
import type { Step } from '#lib/domain/reshard/step.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import {
  applyJobEvent,
  type ReshardJobRow,
  readReshardJob,
} from '#server/db/reshard/reshard-job.ts';
import { appendJournal, readJournal } from '#server/db/reshard/reshard-journal.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type ReshardExecutor, startReshardExecutor } from './start-executor.ts';
import { beginJob, makeKnown } from './testing/begin-job.ts';

const CONNECTION = 'test';
const TIMES = { ...RECONCILE_TIMES, settleMs: 700, confirmMs: 300, backOffMsMin: 50 };
const HALF = 2n ** 127n;

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let connection: Connection;
let aws: Aws;
let worker: { readonly executor: ReshardExecutor; readonly stop: AbortController } | null;
let names = 0;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 8, onIdleError: () => undefined });
  world = await startWorld({ transitionMs: 40 });
  connection = embeddedConnectionTo(world.endpoints, CONNECTION);
  aws = openAws(connection);
});

afterAll(async () => {
  aws.close();
  await world.close();
  await database.close();
  await testDatabase.close();
});

beforeEach(() => startWorking());
afterEach(async () => {
  world.faults.clearFaults();
  await stopWorking();
});

function startWorking(as: Partial<Connection> = {}): void {
  const stop = new AbortController();
  const executor = startReshardExecutor(
    {
      database,
      connections: [{ connection: { ...connection, ...as }, aws }],
      log: pino({ level: 'silent' }),
      holder: `test ${Math.random()}`,
      times: TIMES,
    },
    stop.signal,
  );
  worker = { executor, stop };
}

async function stopWorking(): Promise<void> {
  worker?.stop.abort();
  await worker?.executor.done;
  worker = null;
}

function layoutOf(streamName: string): Layout {
  const read = readLayout(world.engine.listShards({ streamName }).shards);
  if (!read.ok) throw new Error('a hole');
  return read.layout;
}

function boundaries(streamName: string): Boundaries {
  return boundariesOf(layoutOf(streamName));
}

async function makeStream(shardCount: number) {
  names += 1;
  const streamName = `orders-${names}`;
  world.engine.createStream({ streamName, shardCount });
  await expect.poll(() => world.engine.describeStreamSummary({ streamName }).status).toBe('ACTIVE');
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName });
  return makeKnown(database, {
    connection: CONNECTION,
    streamName,
    streamArn,
    createdAtMs,
    openShardCount: shardCount,
  });
}

type Stream = Awaited<ReturnType<typeof makeStream>>;

async function begin(of: Stream, steps: readonly Step[]): Promise<number> {
  const id = await beginJob(database, of, boundaries(of.streamName), steps);
  worker?.executor.onNotification({ kind: 'reshard', streamId: of.streamId });
  return id;
}

function stepsTo(of: Stream, wanted: Boundaries): readonly Step[] {
  const plan = planBoundaries(boundaries(of.streamName), wanted, 100);
  if (!plan.ok) throw new Error(plan.why);
  return plan.steps;
}

async function jobIn(id: number, state: ReshardJobRow['state']): Promise<ReshardJobRow> {
  await expect
    .poll(async () => (await readReshardJob(database, id))?.state, { timeout: 20_000 })
    .toBe(state);
  const job = await readReshardJob(database, id);
  if (job === null) throw new Error('The job is gone.');
  return job;
}

const event = (id: number, what: Parameters<typeof applyJobEvent>[2]) =>
  database.db.transaction((tx) => applyJobEvent(tx, id, what, null));

/** As somebody does who knows nothing of us: over the wire, once the stream takes it. */
async function splitByApi(streamName: string, at: HashKey): Promise<void> {
  await expect
    .poll(
      async () => {
        const { streamArn } = world.engine.describeStreamSummary({ streamName });
        const shard = layoutOf(streamName).find(({ range }) => rangeContains(range, at));
        if (shard === undefined) throw new Error('a hole');
        try {
          await aws.changes.splitShard(streamArn, shard.shardId, at, new AbortController().signal);
          return true;
        } catch (error) {
          // ResourceInUseException, while the stream is UPDATING.
          if (error instanceof AwsFailure) return error.message;
          throw error;
        }
      },
      { timeout: 10_000 },
    )
    .toBe(true);
}

const keysAt = (...at: readonly bigint[]) => at.map(hashKey);

test('a plan of splits, merges and UpdateShardCount is carried out, and the journal tells all of it', async () => {
  const of = await makeStream(2);
  const steps: Step[] = [
    ...stepsTo(of, keysAt(1_000n, HALF + 5n)),
    { kind: 'update-shard-count', count: 4 },
  ];
  const id = await begin(of, steps);
  const job = await jobIn(id, 'done');
  expect(boundaries(of.streamName)).toEqual(uniformBoundaries(4));
  expect(job).toMatchObject({ stepCount: 4, stepsDone: 4, reason: null });
  expect(job.endedAt).not.toBeNull();
  expect((await readJournal(database, id)).map(({ kind, step }) => `${kind} ${step}`)).toEqual(
    steps.flatMap((_, i) => [`intent ${i}`, `answer ${i}`, `effect ${i}`]),
  );
}, 40_000);

test('a lost answer is found out, and nothing is called twice', async () => {
  const of = await makeStream(1);
  world.faults.addFault({
    effect: { type: 'lose-answer' },
    operation: 'SplitShard',
    streamName: of.streamName,
  });
  const id = await begin(of, stepsTo(of, keysAt(HALF, HALF + 99n)));
  await jobIn(id, 'done');
  expect(boundaries(of.streamName)).toEqual(keysAt(HALF, HALF + 99n));
  const journal = await readJournal(database, id);
  expect(journal.filter(({ kind }) => kind === 'intent')).toHaveLength(2);
  expect(journal.filter((line) => line.kind === 'answer' && line.answer === 'lost')).toHaveLength(
    2,
  );
}, 40_000);

test('a call that never arrived is made once more, after a while', async () => {
  const of = await makeStream(1);
  world.faults.addFault({
    effect: { type: 'reset' },
    operation: 'SplitShard',
    streamName: of.streamName,
    count: 1,
  });
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  await jobIn(id, 'done');
  const journal = await readJournal(database, id);
  expect(journal.filter(({ kind }) => kind === 'intent')).toHaveLength(2);
  expect(boundaries(of.streamName)).toEqual(keysAt(HALF));
}, 40_000);

test('it waits out a limit of the account', async () => {
  const of = await makeStream(1);
  world.faults.addFault({
    effect: { type: 'throttle' },
    operation: 'SplitShard',
    streamName: of.streamName,
    count: 2,
  });
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  await jobIn(id, 'done');
  const answers = (await readJournal(database, id)).flatMap((line) =>
    line.kind === 'answer' ? [line.answer] : [],
  );
  expect(answers).toEqual(['limit-exceeded', 'limit-exceeded', 'accepted']);
}, 40_000);

test('paused between two steps, it goes on when it is resumed', async () => {
  const of = await makeStream(1);
  await stopWorking();
  const id = await begin(of, stepsTo(of, keysAt(1_000n, HALF)));
  expect(await event(id, 'pause')).toBe('paused');
  startWorking();
  await expect
    .poll(async () => (await readReshardJob(database, id))?.holder, { timeout: 10_000 })
    .not.toBeNull();
  expect(boundaries(of.streamName)).toEqual([]);
  expect(await event(id, 'resume')).toBe('running');
  worker?.executor.onNotification({ kind: 'reshard', streamId: of.streamId });
  await jobIn(id, 'done');
  expect(boundaries(of.streamName)).toEqual(keysAt(1_000n, HALF));
}, 40_000);

test('cancelled before it began, it changes nothing', async () => {
  const of = await makeStream(1);
  await stopWorking();
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  expect(await event(id, 'cancel')).toBe('cancelling');
  startWorking();
  await jobIn(id, 'cancelled');
  expect(boundaries(of.streamName)).toEqual([]);
  expect(await readJournal(database, id)).toEqual([]);
}, 40_000);

test('where somebody else reshards it holds, with what is different', async () => {
  const of = await makeStream(1);
  await stopWorking();
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  world.engine.splitShard({
    streamName: of.streamName,
    shardToSplit: 'shardId-000000000000',
    newStartingHashKey: 77n,
  });
  startWorking();
  const { reason } = await jobIn(id, 'held');
  expect(reason).toMatchObject({ kind: 'resharded-by-others' });
  expect(reason?.words).toContain('77');
  expect(boundaries(of.streamName)).toEqual(keysAt(77n));
}, 40_000);

test('resharded by others in mid-plan it holds, and a new plan goes on from there', async () => {
  const of = await makeStream(1);
  const { streamName } = of;
  const wanted = keysAt(1_000n, 2_000n, 3_000n, HALF, HALF + 5n, HALF + 10n, HALF + 15n);
  const id = await begin(of, stepsTo(of, wanted));
  await expect
    .poll(async () => (await readReshardJob(database, id))?.stepsDone, { timeout: 10_000 })
    .toBeGreaterThan(0);
  await event(id, 'pause');
  // What was begun is carried to its end first; then nobody looks at it any more (parkJob).
  const isParked = sql`select 1 from reshard_job where id = ${id} and expires_at = 'infinity'`;
  await expect
    .poll(async () => (await database.db.execute(isParked)).rowCount, { timeout: 10_000 })
    .toBe(1);
  await splitByApi(streamName, hashKey(HALF + 77n));
  expect(await event(id, 'resume')).toBe('running');
  worker?.executor.onNotification({ kind: 'reshard', streamId: of.streamId });
  const held = await jobIn(id, 'held');
  expect(held.reason?.words).toContain(`1 boundary is new (${HALF + 77n})`);
  expect(held.stepsDone).toBeLessThan(held.stepCount);
  expect(await event(id, 'cancel')).toBe('cancelling');
  worker?.executor.onNotification({ kind: 'reshard', streamId: of.streamId });
  await jobIn(id, 'cancelled');
  const again = await begin(of, stepsTo(of, wanted));
  expect((await jobIn(again, 'done')).stepCount).toBe(held.stepCount - held.stepsDone + 1);
  expect(boundaries(streamName)).toEqual(wanted);
}, 40_000);

test('of two at the same moment one runs', async () => {
  const of = await makeStream(1);
  const outcomes = await Promise.allSettled([
    begin(of, stepsTo(of, keysAt(HALF))),
    begin(of, stepsTo(of, keysAt(HALF + 2n))),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
}, 40_000);

test('a permission that is missing holds it until somebody has given it', async () => {
  const of = await makeStream(1);
  world.faults.addFault({
    effect: { type: 'deny' },
    operation: 'SplitShard',
    streamName: of.streamName,
  });
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  const { reason } = await jobIn(id, 'held');
  expect(reason?.words).toContain('kinesis:SplitShard');
  expect(boundaries(of.streamName)).toEqual([]);
}, 40_000);

test('a connection that has become read-only is left alone', async () => {
  const of = await makeStream(1);
  await stopWorking();
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  startWorking({ readOnly: true });
  const { reason } = await jobIn(id, 'held');
  expect(reason?.words).toContain('read-only');
  expect(boundaries(of.streamName)).toEqual([]);
}, 40_000);

test('a stream that was deleted ends it', async () => {
  const of = await makeStream(1);
  await stopWorking();
  const id = await begin(of, stepsTo(of, keysAt(HALF)));
  world.engine.deleteStream({ streamName: of.streamName });
  startWorking();
  expect((await jobIn(id, 'stopped')).reason).toMatchObject({ kind: 'stream-gone' });
}, 40_000);

test('who takes over from a worker that vanished goes on where it was', async () => {
  const of = await makeStream(1);
  await stopWorking();
  const id = await begin(of, stepsTo(of, keysAt(1_000n, HALF)));
  // As a worker leaves it that was killed between its call and the answer.
  world.engine.splitShard({
    streamName: of.streamName,
    shardToSplit: 'shardId-000000000000',
    newStartingHashKey: 1_000n,
  });
  await database.db.transaction((tx) =>
    appendJournal(tx, id, { kind: 'intent', step: 0, attempt: 1, fingerprint: 'before' }),
  );
  startWorking();
  await jobIn(id, 'done');
  expect(boundaries(of.streamName)).toEqual(keysAt(1_000n, HALF));
  const intents = (await readJournal(database, id)).filter(({ kind }) => kind === 'intent');
  expect(intents.map(({ step }) => step)).toEqual([0, 1]);
}, 40_000);
