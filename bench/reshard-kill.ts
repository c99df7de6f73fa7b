import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { sameBoundaries } from '#lib/domain/reshard/boundaries.ts';
import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import { boundariesOf, readLayout } from '#lib/domain/reshard/layout.ts';
import { boundariesAfterSteps, type Step } from '#lib/domain/reshard/step.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { readReshardJob } from '#server/db/reshard/reshard-job.ts';
import { readJournal } from '#server/db/reshard/reshard-journal.ts';
import { beginJob, makeKnown } from '#server/jobs/reshard/testing/begin-job.ts';
import type { KilledWorkerOptions } from '#server/jobs/reshard/testing/killed-worker.ts';
import { startPostgres } from '#server/launcher/start-postgres.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { mixedSteps, START } from './reshard-kill-plan.ts';
import { seeded } from './seeded.ts';

const CONNECTION = 'bench';
const STEPS = 20;
const KILLS_DEFAULT = 50;

/** An operation takes so long in this world, and a worker lives so long: it dies in every part of one. */
const TRANSITION_MS = 120;
const LIFE_MS_MAX = 900;
const SETTLE_MS = 1_200;
const LEASE_TTL_MS = 600;
const LOST_ANSWERS = 0.25;

/** One call of the engine by the wire, as the engine saw it. */
type EngineCall = { readonly streamName: string; readonly what: string; readonly active: boolean };

/**
 * Workers are killed (SIGKILL) at random instants while they carry out plans of 20 steps that mix splits, merges and
 * UpdateShardCount, with a quarter of all answers lost. Judged by what the engine was asked. KILLS sets how many.
 *
 * - `wrongEnds`: plans that did not end `done`, in the planned layout, with a journal that has each step's effect once
 * - `callsWhileNotActive`: calls that met a stream which was not ACTIVE
 * - `repeatsOfAppliedSteps`: operations that were carried out and are no further step of the plan
 * - `concurrentOperations`: operations that began before the one before was over
 */
export async function run(): Promise<Record<string, number>> {
  const kills = Number(process.env['KILLS'] ?? KILLS_DEFAULT);
  const home = await mkdtemp(join(tmpdir(), 'kinetoscope-kill-'));
  // The embedded PostgreSQL runs as somebody else when root measures.
  await chmod(home, 0o711);
  const stops: (() => Promise<void>)[] = [() => rm(home, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ home, durable: false, database: 'kill' });
    stops.unshift(() => postgres.stop());
    await migrate(postgres.url);
    const database = openDatabase(postgres.url, {
      connectionsMax: 4,
      onIdleError: () => undefined,
    });
    stops.unshift(() => database.close());
    const world = await startWorld({ transitionMs: TRANSITION_MS });
    stops.unshift(() => world.close());
    const calls = watchEngine(world);
    for (const operation of ['SplitShard', 'MergeShards', 'UpdateShardCount']) {
      world.faults.addFault({
        effect: { type: 'lose-answer' },
        operation,
        probability: LOST_ANSWERS,
      });
    }
    const worker: KilledWorkerOptions = {
      databaseUrl: postgres.url,
      endpoints: world.endpoints,
      connection: CONNECTION,
      settleMs: SETTLE_MS,
      leaseTtlMs: LEASE_TTL_MS,
    };
    return await killUntil(kills, { database, world, calls, worker });
  } finally {
    for (const stop of stops) await stop();
  }
}

type Bench = {
  readonly database: Database;
  readonly world: World;
  readonly calls: readonly EngineCall[];
  readonly worker: KilledWorkerOptions;
};

async function killUntil(killsWanted: number, bench: Bench): Promise<Record<string, number>> {
  const figures = { kills: 0, plans: 0, steps: 0, wrongEnds: 0, repeatsOfAppliedSteps: 0 };
  const random = seeded(20_261_123);
  while (figures.kills < killsWanted) {
    figures.plans += 1;
    const plan = await beginPlan(bench, `stream-${figures.plans}`, random);
    figures.kills += await killTillOver(bench, plan.jobId, random);
    const asked = bench.calls.filter(({ streamName }) => streamName === plan.streamName);
    const wanted = plan.steps.map(kindOf);
    const carriedOut = asked.filter(({ active }) => active).map(({ what }) => what);
    figures.steps += wanted.length;
    figures.repeatsOfAppliedSteps += Math.max(0, carriedOut.length - wanted.length);
    if (!(await endedAsPlanned(bench, plan)) || carriedOut.join() !== wanted.join()) {
      figures.wrongEnds += 1;
    }
  }
  const refused = bench.calls.filter(({ active }) => !active).length;
  // The engine carries out nothing while it is not ACTIVE: what would overlap is what it refused.
  return { ...figures, callsWhileNotActive: refused, concurrentOperations: refused };
}

type Begun = {
  readonly jobId: number;
  readonly streamName: string;
  readonly steps: readonly Step[];
};

async function beginPlan(
  { database, world }: Bench,
  streamName: string,
  random: () => number,
): Promise<Begun> {
  world.engine.createStream({ streamName, shardCount: START.length + 1 });
  while (world.engine.describeStreamSummary({ streamName }).status !== 'ACTIVE') await rest(20);
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName });
  const known = await makeKnown(database, {
    connection: CONNECTION,
    streamName,
    streamArn,
    createdAtMs,
    openShardCount: START.length + 1,
  });
  const steps = mixedSteps(START, STEPS, random);
  const jobId = await beginJob(database, known, START, steps);
  return { jobId, streamName, steps };
}

/** @returns how many workers were killed until the job was over */
async function killTillOver(bench: Bench, jobId: number, random: () => number): Promise<number> {
  const untilMs = performance.now() + 600_000;
  for (let kills = 0; performance.now() < untilMs; kills += 1) {
    const worker = await startWorker(bench.worker);
    const diesAtMs = performance.now() + LEASE_TTL_MS + random() * LIFE_MS_MAX;
    let over = false;
    while (!over && performance.now() < diesAtMs) {
      await rest(25);
      const job = await readReshardJob(bench.database, jobId);
      over = job !== null && isOver(job.state);
    }
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    if (over) return kills;
  }
  throw new Error(`The reshard ${jobId} is not over after ten minutes.`);
}

async function startWorker(options: KilledWorkerOptions): Promise<ChildProcess> {
  const module = new URL('../server/jobs/reshard/testing/killed-worker.ts', import.meta.url);
  const child = fork(module, [JSON.stringify(options)], { stdio: 'inherit' });
  await once(child, 'message');
  return child;
}

async function endedAsPlanned({ database, world }: Bench, plan: Begun): Promise<boolean> {
  const job = await readReshardJob(database, plan.jobId);
  const read = readLayout(world.engine.listShards({ streamName: plan.streamName }).shards);
  const journal = await readJournal(database, plan.jobId);
  const effects = journal.filter(({ kind }) => kind === 'effect').map(({ step }) => step);
  return (
    job?.state === 'done' &&
    read.ok &&
    sameBoundaries(boundariesOf(read.layout), boundariesAfterSteps(START, plan.steps)) &&
    effects.join() === plan.steps.map((_, i) => i).join()
  );
}

/** Writes down what the engine is asked, before it is done. */
function watchEngine(world: World): readonly EngineCall[] {
  const calls: EngineCall[] = [];
  const { engine } = world;
  const note = (name: string | undefined, arn: string | undefined, what: string) => {
    const streamName = name ?? arn?.split('/').at(-1) ?? '';
    const active = engine.describeStreamSummary({ streamName }).status === 'ACTIVE';
    calls.push({ streamName, what, active });
  };
  const { splitShard, mergeShards, updateShardCount } = engine;
  engine.splitShard = (input, ...rest) => {
    note(input.streamName, input.streamArn, 'split');
    return splitShard.call(engine, input, ...rest);
  };
  engine.mergeShards = (input, ...rest) => {
    note(input.streamName, input.streamArn, 'merge');
    return mergeShards.call(engine, input, ...rest);
  };
  engine.updateShardCount = (input, ...rest) => {
    note(input.streamName, input.streamArn, 'update-shard-count');
    return updateShardCount.call(engine, input, ...rest);
  };
  return calls;
}

function kindOf({ kind }: Step): string {
  return kind;
}
