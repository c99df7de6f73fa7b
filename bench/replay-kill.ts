import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import { REPLAY_LIMITS, type ReplayTimes } from '#server/jobs/replay/replay-times.ts';
import type { KilledWorkerOptions } from '#server/jobs/replay/testing/killed-worker.ts';
import { ARCHIVE_FORMATS } from './replay/archive-formats.ts';
import { beginRun } from './replay/begin-run.ts';
import { TargetCheck, type Verdict } from './replay/check.ts';
import { duplicatesReported, isBalanced } from './replay/check-ledger.ts';
import { dumpStream } from './replay/dump-target.ts';
import { forkBench } from './replay/forked.ts';
import { type Kills, killTillOver, type Victim } from './replay/kill-workers.ts';
import { RecordMaker } from './replay/made-record.ts';
import { putArchive } from './replay/put-archive.ts';
import { CONNECTION, settingsOf } from './replay/replay-settings.ts';
import { addFault, faultHits, openRig, type Rig } from './replay/rig.ts';
import { readProgress } from './replay/run-progress.ts';
import { createTarget, deleteTarget } from './replay/target-stream.ts';
import { seeded } from './seeded.ts';

const KILLS_DEFAULT = 100;
const KILLS_A_RUN_MAX = 15;
/** Most kills hit a worker with requests under way, the others whichever, at any instant. */
const AIMED = 0.85;
const RUN_MS_MAX = 180_000;
const WORKERS = 2;
const SHARDS = 4;
const SLICES = 8;

const SHAPE = { records: 30_000, keys: { count: 3_000, zipf: null }, payloadBytes: 200 } as const;
const RECORDS_AN_OBJECT = 1_000;
/** A run lasts for several kills, and no longer. */
const RECORDS_PER_SECOND = 3_500;

const LOST_ANSWERS = 0.1;
/** An answer takes so long, so that something is in flight at any instant. */
const ANSWER_MS = 40;
const RECORDS_A_REQUEST_MAX = 500;

const TIMES: Partial<ReplayTimes> = {
  leaseTtlMs: 800,
  shareLifeMs: 400,
  claimEveryMs: 100,
  lookEveryMs: 100,
  tickEveryMs: 200,
};

/**
 * Two workers replay archives of all formats, one after the other, and are killed (SIGKILL) at random instants, most of
 * them while requests are under way; a tenth of all answers is lost. Judged by a dump of the target, read over the wire,
 * against the records that the archives were made of. KILLS sets how many; half of them hit runs in free order, half
 * runs that keep the order of keys. CHECKPOINT=before-emit replays by a worker that is wrong: it has to show as `lost`.
 *
 * - `inFlightKills`: kills of a worker that had requests written down and not answered
 * - `lost`, `strangers`, `orderInversions` (the latter where order is kept): of all runs; see check.ts
 * - `duplicates`, `duplicatesReported`: records that are there again, and how many the receipts allow for
 * - `bound`: what those may be at most
 */
export async function run(): Promise<Record<string, number | boolean>> {
  const kills = Number(process.env['KILLS'] ?? KILLS_DEFAULT);
  const isWrong = process.env['CHECKPOINT'] === 'before-emit';
  const rig = await openRig({ limitScale: null, recordBytesMax: 128 * 1_048_576 });
  try {
    const maker = new RecordMaker(SHAPE);
    for (const format of ARCHIVE_FORMATS) {
      const place = { prefix: `${format.name}/`, recordsAnObject: RECORDS_AN_OBJECT };
      await putArchive(rig.s3, place, format, maker);
    }
    // A worker that believes to be done never sends again what was lost.
    if (!isWrong) {
      const effect = { type: 'lose-answer' };
      await addFault(rig.endpoints, { effect, operation: 'PutRecords', probability: LOST_ANSWERS });
    }
    const slow = { type: 'stall', ms: ANSWER_MS };
    await addFault(rig.endpoints, { effect: slow, operation: 'PutRecords' });
    const free = await killRuns(rig, maker, 'none', Math.ceil(kills / 2), isWrong);
    const ordered = await killRuns(rig, maker, 'per-key', Math.floor(kills / 2), isWrong);
    const figures = sumOf([...free, ...ordered]);
    return {
      ...figures,
      orderInversions: sumOf(ordered).orderInversions,
      ledgerBalanced: [...free, ...ordered].every(({ balanced }) => balanced),
      answersLost: await faultHits(rig.endpoints, 'lose-answer'),
    };
  } finally {
    await rig.close();
  }
}

type Judged = Kills &
  Verdict & {
    readonly duplicatesReported: number;
    readonly bound: number;
    readonly balanced: boolean;
  };

async function killRuns(
  rig: Rig,
  maker: RecordMaker,
  order: ReplayOrder,
  killsWanted: number,
  isWrong: boolean,
): Promise<Judged[]> {
  const random = seeded(20_261_123);
  const judged: Judged[] = [];
  for (let killed = 0; killed < killsWanted; ) {
    const killsMax = Math.min(KILLS_A_RUN_MAX, killsWanted - killed);
    const one = await killRun(rig, maker, {
      order,
      number: judged.length,
      killsMax,
      random,
      isWrong,
    });
    judged.push(one);
    killed += one.kills;
    process.stdout.write(`${order}, run ${judged.length}: ${JSON.stringify(one)}\n`);
  }
  return judged;
}

type RunOptions = {
  readonly order: ReplayOrder;
  readonly number: number;
  readonly killsMax: number;
  readonly random: () => number;
  readonly isWrong: boolean;
};

async function killRun(rig: Rig, maker: RecordMaker, options: RunOptions): Promise<Judged> {
  const { order, number, killsMax, random, isWrong } = options;
  const { database, kinesis } = rig;
  const format = ARCHIVE_FORMATS[number % ARCHIVE_FORMATS.length];
  if (format === undefined) throw new Error('There is no format.');
  const streamName = `target-${order}-${number}`;
  const target = await createTarget(kinesis, CONNECTION, streamName, SHARDS);
  const { settings, pace } = settingsOf({
    target,
    order,
    transform: format.transform,
    prefix: `${format.name}/`,
    recordsPerSecondMax: RECORDS_PER_SECOND,
  });
  const runId = await beginRun(database, rig.s3, settings, pace, SLICES);
  const kills = await killTillOver({
    ...{ database, runId, random, killsMax, workers: WORKERS, withinMs: RUN_MS_MAX },
    // A worker that is wrong has nothing in flight that could be aimed at.
    aimed: isWrong ? 0 : AIMED,
    startWorker: () => startVictim(rig, isWrong),
  });
  const check = new TargetCheck(maker, maker.shape.records);
  for await (const record of dumpStream(kinesis, streamName)) check.found(record);
  await deleteTarget(kinesis, streamName);
  const { ledger } = await readProgress(database, runId);
  return {
    ...kills,
    ...check.verdict(),
    duplicatesReported: duplicatesReported(ledger),
    bound: kills.kills * concurrencyOf(order) * RECORDS_A_REQUEST_MAX + ledger.recordsInLostAnswers,
    balanced: isBalanced(ledger, maker.shape.records),
  };
}

/** Requests that one worker has under way at most. */
function concurrencyOf(order: ReplayOrder): number {
  const slices = order === 'none' ? REPLAY_LIMITS.slicesPerRun : 1;
  return slices * REPLAY_LIMITS.requestsPerSlice;
}

async function startVictim(rig: Rig, isWrong: boolean): Promise<Victim> {
  const options: KilledWorkerOptions = {
    databaseUrl: rig.databaseUrl,
    endpoints: rig.endpoints,
    connection: CONNECTION,
    times: TIMES,
  };
  const preload = new URL('./replay-kill-preload.ts', import.meta.url).href;
  const worker = forkBench('replay-worker.ts', options, isWrong ? ['--import', preload] : []);
  await worker.next<'working'>();
  return { holder: String(worker.child.pid), process: worker };
}

function sumOf(runs: readonly Judged[]) {
  const sum = {
    runs: runs.length,
    kills: 0,
    inFlightKills: 0,
    expected: 0,
    arrived: 0,
    lost: 0,
    strangers: 0,
    duplicates: 0,
    duplicatesReported: 0,
    bound: 0,
    orderInversions: 0,
  };
  for (const one of runs) {
    for (const figure of Object.keys(sum) as (keyof typeof sum)[]) {
      if (figure !== 'runs') sum[figure] += one[figure];
    }
  }
  return sum;
}
