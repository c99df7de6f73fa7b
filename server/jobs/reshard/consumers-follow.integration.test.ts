import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rangeMiddle } from '#lib/domain/hash-range.ts';
import type { Goal } from '#lib/domain/reshard/goals/goal.ts';
import { planGoal } from '#lib/domain/reshard/goals/plan-goal.ts';
import { RECONCILE_TIMES } from '#lib/domain/reshard/job/reconcile.ts';
import { boundariesOf, type Layout, readLayout } from '#lib/domain/reshard/layout.ts';
import { loadFromShards } from '#lib/domain/reshard/load/load-from-shards.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readReshardJob } from '#server/db/reshard/reshard-job.ts';
import type { Actor } from '#server/local-aws/scenario/actor.ts';
import { engineClient } from '#server/local-aws/scenario/engine-client.ts';
import { Application } from '#server/local-aws/scenario/kcl/application.ts';
import { type GivenPlan, planConsumer } from '#server/local-aws/scenario/kcl/consumer-plan.ts';
import { witnessOf } from '#server/local-aws/scenario/kcl/shard-witness.ts';
import type {
  KinesisClientPort,
  ReadRecord,
} from '#server/local-aws/scenario/kinesis-client-port.ts';
import { LambdaFunctionRun } from '#server/local-aws/scenario/lambda-function.ts';
import type { LambdaPlan } from '#server/local-aws/scenario/lambda-plan.ts';
import { LambdaPoller } from '#server/local-aws/scenario/lambda-poller.ts';
import { LambdaSubscriber } from '#server/local-aws/scenario/lambda-subscriber.ts';
import { runPast } from '#server/local-aws/scenario/run-actors.ts';
import { seededRandom } from '#server/local-aws/scenario/seeded-random.ts';
import { ServiceMetrics } from '#server/local-aws/scenario/service-metrics.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type ReshardExecutor, startReshardExecutor } from './start-executor.ts';
import { beginJob, type KnownStream, makeKnown } from './testing/begin-job.ts';
import { ReadingBook } from './testing/reading-book.ts';

const CONNECTION = 'test';
const STREAM = 'orders';
const KEYS = Array.from({ length: 40 }, (_, i) => `customer-${i}`);
/** Of the world: a shard gives five answers a second to all that poll it, so that five applications have to take turns. */
const POLL_MS = 3_000;
/** Of the world, in steps of which everybody goes on while the executor waits for Kinesis. */
const STEP_MS = 500;
const SEED = 7;

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let aws: Aws;
let known: KnownStream;
let executor: ReshardExecutor;
const stop = new AbortController();
const actors: Actor[] = [];
const books: ReadingBook[] = [];
const written = new Map<string, number>();

/** Each second a record of each key, with its number; of some keys more than of others. */
const producer: Actor & { isOn: boolean; nextDueMs: number } = {
  name: 'producer',
  isOn: true,
  nextDueMs: 0,
  async act(nowMs) {
    producer.nextDueMs = nowMs + 1_000;
    if (!producer.isOn) return;
    for (const [i, partitionKey] of KEYS.entries()) {
      for (let copy = 0; copy <= i % 3; copy += 1) {
        const number = (written.get(partitionKey) ?? 0) + 1;
        world.engine.putRecord({
          streamName: STREAM,
          partitionKey,
          data: Buffer.from(String(number)),
        });
        written.set(partitionKey, number);
      }
    }
  },
};

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 6, onIdleError: () => undefined });
  world = await startWorld({ clock: 'virtual', transitionMs: 2_000 });
  const connection = embeddedConnectionTo(world.endpoints, CONNECTION);
  aws = openAws(connection);
  world.engine.createStream({ streamName: STREAM, shardCount: 4 });
  await run(3_000);
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName: STREAM });
  known = await makeKnown(database, {
    connection: CONNECTION,
    streamName: STREAM,
    streamArn,
    createdAtMs,
    openShardCount: 4,
  });
  executor = startReshardExecutor(
    {
      database,
      connections: [{ connection, aws }],
      log: pino({ level: 'silent' }),
      holder: 'test',
      times: { ...RECONCILE_TIMES, settleMs: 700, confirmMs: 300, backOffMsMin: 50 },
    },
    stop.signal,
  );
});

afterAll(async () => {
  stop.abort();
  await executor.done;
  aws.close();
  await world.close();
  await database.close();
  await testDatabase.close();
});

async function run(forMs: number): Promise<void> {
  const untilMs = world.clock.nowMs() + forMs;
  await runPast(actors, world.clock, () => untilMs);
}

/** What an application gets is what it works off: it is noted where it is handed over. */
function notedClient(book: ReadingBook): KinesisClientPort {
  const client = engineClient(world.engine);
  const shardOf = new Map<string, string>();
  const parentsOf = (shardId: string) => {
    const shard = world.engine
      .listShards({ streamName: STREAM })
      .shards.find((one) => one.shardId === shardId);
    return [shard?.parentShardId ?? null, shard?.adjacentParentShardId ?? null].filter(
      (id) => id !== null,
    );
  };
  return {
    ...client,
    async getShardIterator(streamName, shardId, from) {
      const iterator = await client.getShardIterator(streamName, shardId, from);
      shardOf.set(iterator, shardId);
      return iterator;
    },
    async getRecords(iterator, limit) {
      const answer = await client.getRecords(iterator, limit);
      const shardId = shardOf.get(iterator) ?? '';
      if (answer.records.length > 0) book.foundIn(shardId, parentsOf(shardId));
      for (const record of answer.records) book.found(record);
      if (answer.nextIterator === null) book.foundEnd(shardId);
      else shardOf.set(answer.nextIterator, shardId);
      return answer;
    },
  };
}

function bookOf(name: string): ReadingBook {
  const book = new ReadingBook(name);
  books.push(book);
  return book;
}

function startApplication(plan: Omit<GivenPlan, 'streamNames'>): Application {
  const application = new Application({
    plan: planConsumer({ streamNames: [STREAM], pollMs: POLL_MS, ...plan }),
    client: notedClient(bookOf(plan.application)),
    witness: witnessOf(world.engine),
    seed: SEED,
    fromMs: world.clock.nowMs(),
  });
  actors.push(...application.actors);
  return application;
}

/** A function that notes what it is called with, in that order. */
class NotedRun extends LambdaFunctionRun {
  readonly #book: ReadingBook;

  constructor(plan: LambdaPlan, book: ReadingBook) {
    const nowhere = { put: () => undefined };
    super(plan, new ServiceMetrics(nowhere, { namespace: 'AWS/Lambda', dimensions: {} }));
    this.#book = book;
  }

  override invoke(records: readonly ReadRecord[], nowMs: number): number {
    for (const record of records) this.#book.found(record);
    return super.invoke(records, nowMs);
  }
}

function startFunction(functionName: string, consumerName: string | null): void {
  const plan: LambdaPlan = {
    functionName,
    description: '',
    streamName: STREAM,
    consumerName,
    batchSize: 40,
    // Slower than what comes at times, so that parents are still being read when their children are there.
    durationMs: { fixed: 600, perRecord: 20 },
    wave: () => 1,
  };
  const init = {
    plan,
    run: new NotedRun(plan, bookOf(functionName)),
    client: engineClient(world.engine),
    random: seededRandom(SEED),
    fromMs: world.clock.nowMs(),
  };
  if (consumerName === null) {
    actors.push(new LambdaPoller(init));
    return;
  }
  const { streamArn } = known;
  const { consumerArn } = world.engine.registerStreamConsumer({ streamArn, consumerName });
  actors.push(new LambdaSubscriber({ ...init, consumerArn }));
}

function layout(): Layout {
  const read = readLayout(world.engine.listShards({ streamName: STREAM }).shards);
  if (!read.ok) throw new Error('a hole');
  return read.layout;
}

/** Has the executor reshard by the plan that the product makes of a goal, while everybody goes on. */
async function reshard(goal: (shards: Layout) => Goal): Promise<void> {
  const before = layout();
  const outcome = planGoal(
    {
      mode: 'PROVISIONED',
      layout: before,
      load: loadFromShards(before.map(({ range }) => ({ range, rate: null }))),
      reads: new Map(),
      peakShardsMax: 100,
      shardCountCallsLeft: 10,
    },
    goal(before),
  );
  if (!outcome.ok) throw new Error(outcome.refusal.why);
  const id = await beginJob(database, known, boundariesOf(before), outcome.plan.steps);
  executor.onNotification({ kind: 'reshard', streamId: known.streamId });
  for (;;) {
    const job = await readReshardJob(database, id);
    if (job === null || job.endedAt !== null || job.state === 'held') {
      expect(job).toMatchObject({ state: 'done', reason: null });
      return;
    }
    await run(STEP_MS);
  }
}

test('consumers of every kind follow through all reshards: nothing lost, nothing before its parents', async () => {
  producer.nextDueMs = world.clock.nowMs();
  actors.push(producer);
  startApplication({ application: 'from-start', workerCount: 2 });
  // Slow, and of the generation that leases everything at once: it is generations behind.
  startApplication({ application: 'behind', library: 'kcl-1', recordsPerSecond: 90 });
  const dying = startApplication({
    application: 'from-now-on',
    library: 'kcl-2',
    workerCount: 2,
    startAt: { type: 'LATEST' },
  });
  startFunction('polled', null);
  startFunction('fanned-out', 'fanned-out');
  await run(20_000);

  await reshard(([first]) => {
    if (first === undefined) throw new Error('no shard');
    const cut = { by: 'hash-key', at: rangeMiddle(first.range) } as const;
    return { kind: 'split-shard', shardId: first.shardId, cut };
  });
  // What it has worked off by its death stands in no checkpoint.
  dying.setMode('zombie', dying.workers.slice(0, 1));
  await run(3 * POLL_MS);
  dying.setMode('dead', dying.workers.slice(0, 1));
  await reshard(([, left, right]) => ({
    kind: 'merge-shards',
    shardIds: [left?.shardId ?? '', right?.shardId ?? ''],
  }));
  startApplication({
    application: 'latecomer',
    library: 'kcl-3.5',
    startAt: { type: 'LATEST' },
  });
  for (const count of [7, 3, 4]) await reshard(() => ({ kind: 'scale-to-count', count }));
  expect(layout()).toHaveLength(4);

  producer.isOn = false;
  const deadlineMs = world.clock.nowMs() + 30 * 60_000;
  while (!books.every((book) => book.isThrough(written)) && world.clock.nowMs() < deadlineMs) {
    await run(10_000);
  }
  const total = [...written.values()].reduce((a, b) => a + b, 0);
  const counts = new Map(books.map((book) => [book.name, book.counts(written)]));
  const whole = { missed: 0, beforeParents: [], read: total, keysFromStart: KEYS.length };
  // Who hands leases over in peace, and who has no leases, reads each record once.
  for (const name of ['from-start', 'behind', 'polled', 'fanned-out']) {
    expect(counts.get(name), name).toEqual({ ...whole, readAgain: 0 });
  }
  // From LATEST on: what was there before is left out, and nothing after the first record of a key.
  for (const name of ['from-now-on', 'latecomer']) {
    expect(counts.get(name), name).toMatchObject({ missed: 0, beforeParents: [] });
    expect(counts.get(name)?.read, name).toBeLessThan(total);
  }
  // Its dead worker's successor begins at the last checkpoint.
  expect(counts.get('from-now-on')?.readAgain).toBeGreaterThan(0);
}, 60_000);
