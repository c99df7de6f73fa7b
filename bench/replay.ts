import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { readReplayRun } from '#server/db/replay/run.ts';
import { formatNamed } from './replay/archive-formats.ts';
import { type ForkedBench, forkBench } from './replay/forked.ts';
import { startFullWorker } from './replay/full-worker.ts';
import { type ArchiveShape, RecordMaker } from './replay/made-record.ts';
import { type MeasuredRun, measureRun, type RunFigures } from './replay/measure-run.ts';
import { beginPlanning, startPlanned, untilPlanned } from './replay/planned-run.ts';
import { putArchive } from './replay/put-archive.ts';
import { CONNECTION, settingsOf } from './replay/replay-settings.ts';
import { addFault, openRig, type Rig } from './replay/rig.ts';
import { untilProgress } from './replay/run-progress.ts';
import type { MadeArchive } from './replay/serve-archive.ts';
import { createTarget } from './replay/target-stream.ts';
import type { LoopFigures, LoopOptions } from './replay-loop.ts';

/** Multiplies what is sent: less for a quick look, which is of little worth as a figure. */
const SCALE = Number(process.env['SCALE'] ?? 1);
/** Names of figures, with commas; all where it is not set. */
const ONLY = process.env['ONLY']?.split(',') ?? null;
const ARCHIVE_GIB = Number(process.env['ARCHIVE_GIB'] ?? 10);

const RUN_MS_MAX = 1_800_000;
const WORLD = { recordBytesMax: 256 * 1_048_576 } as const;
const FORMAT = formatNamed('firehose');
const RECORDS_AN_OBJECT = 5_000;
const PREFIX = 'firehose/';
const KEYS = { count: 100_000, zipf: null } as const;
const LOOP_CONCURRENCY = 8;
const RECORDS_A_REQUEST = 500;
/** More than all workers hold, so that the last ones do not end far apart. */
const SLICES = 24;

/**
 * What a replay costs and how fast it is, from the gzip in S3 to the acknowledgement and the checkpoint that holds it. MB
 * are 10^6 bytes of data and keys. ONLY names figures, SCALE makes all of it smaller, ARCHIVE_GIB the last one.
 *
 * - `ratioCapped`: records a second over those of a bare loop of PutRecords by the SDK, both against 20 shards at their
 *   limits, which take 20 MiB/s
 * - `cpuMsPerMBOverLoop`: CPU of the worker for each MB, less that of the loop; nothing is limited
 * - `perKeyUniformOverNone`: records a second in the order of 100,000 keys that come evenly, over those in free order
 * - `zipfPredictionError`: how far the duration of a plan was from what it took, over the latter; keys by Zipf's law, in
 *   their order
 * - `twoWorkersOverOne`: records a second of two workers over those of one, each answer 100 ms late; `engineCpu`: cores
 *   that the embedded Kinesis took meanwhile
 * - `peakRssMB`: of the worker, on an archive of 10 GiB of which a fiftieth is sent
 */
export async function run(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [names, measure] of MEASURES) {
    if (ONLY !== null && !names.some((name) => ONLY.includes(name))) continue;
    const found = await measure();
    process.stdout.write(`${JSON.stringify(found)}\n`);
    Object.assign(figures, found);
  }
  return figures;
}

type Measure = () => Promise<Record<string, number>>;

const MEASURES: readonly (readonly [names: readonly string[], measure: Measure])[] = [
  [['ratioCapped'], measureCapped],
  [['cpuMsPerMBOverLoop', 'perKeyUniformOverNone'], measureUnlimited],
  [['zipfPredictionError'], measureZipf],
  [['twoWorkersOverOne', 'engineCpu'], measureTwoWorkers],
  [['peakRssMB'], measureMemory],
];

/** Bytes are what a shard of these records is out of first. */
async function measureCapped(): Promise<Record<string, number>> {
  const shape = { records: scaled(280_000), keys: KEYS, payloadBytes: 1_500 };
  return withArchive(shape, { ...WORLD, limitScale: 1 }, async (rig) => {
    const shards = 20;
    const loop = await runLoop(rig, shape, shards);
    const shardCap = { bytesPerSecond: 1_048_576, recordsPerSecond: 1_000 };
    const replay = await replayTo(rig, shape, { name: 'replay', shards, shardCap });
    return {
      ratioCapped: round(rateOf(replay) / rateOf(loop)),
      cappedMBPerSecond: round(mbPerSecond(replay)),
      cappedLoopMBPerSecond: round(mbPerSecond(loop)),
    };
  });
}

async function measureUnlimited(): Promise<Record<string, number>> {
  const shape = { records: scaled(300_000), keys: KEYS, payloadBytes: 1_000 };
  return withArchive(shape, { ...WORLD, limitScale: null }, async (rig) => {
    const shards = 20;
    const loop = await runLoop(rig, shape, shards);
    const none = await replayTo(rig, shape, { name: 'none', shards });
    const perKey = await replayTo(rig, shape, { name: 'per-key', shards, order: 'per-key' });
    const loopCost = loop.cpuMs / (loop.bytes / 1e6);
    const replayCost = none.workerCpuMs / (none.bytes / 1e6);
    return {
      cpuMsPerMBOverLoop: round(replayCost - loopCost),
      cpuMsPerMB: round(replayCost),
      loopCpuMsPerMB: round(loopCost),
      perKeyUniformOverNone: round(rateOf(perKey) / rateOf(none)),
      unlimitedMBPerSecond: round(mbPerSecond(none)),
      unlimitedLoopMBPerSecond: round(mbPerSecond(loop)),
    };
  });
}

/** Each request takes as long as one does over a network, so that the hottest key is what is waited for. */
async function measureZipf(): Promise<Record<string, number>> {
  const keys = { count: 100_000, zipf: 1.1 };
  const shape = { records: scaled(20_000), keys, payloadBytes: 500 };
  return withArchive(shape, { ...WORLD, limitScale: 1 }, async (rig) => {
    await addFault(rig.endpoints, { effect: { type: 'stall', ms: 20 } });
    await startFullWorker(rig);
    const target = await createTarget(rig.kinesis, CONNECTION, 'zipf', 8);
    const shardCap = { bytesPerSecond: 1_048_576, recordsPerSecond: 1_000 };
    const { transform } = FORMAT;
    const of = settingsOf({ target, order: 'per-key', prefix: PREFIX, transform, shardCap });
    const id = await beginPlanning(rig, of.settings, of.pace);
    const planned = await untilPlanned(rig, id, RUN_MS_MAX);
    await startPlanned(rig, planned);
    await untilProgress(rig.database, id, ({ state }) => isRunOver(state), RUN_MS_MAX);
    const run = await readReplayRun(rig.database, id);
    const realMs = (run?.endedAt?.getTime() ?? 0) - (run?.startedAt?.getTime() ?? 0);
    const predictedMs = planned.plan?.duration?.ms ?? Number.NaN;
    process.stdout.write(`${JSON.stringify(planned.plan?.duration)}\n`);
    return {
      zipfPredictionError: round(Math.abs(predictedMs - realMs) / realMs),
      zipfPredictedSeconds: round(predictedMs / 1_000),
      zipfSeconds: round(realMs / 1_000),
    };
  });
}

/** Two requests a worker are under way: then it is the latency that holds up one worker, and no processor. */
async function measureTwoWorkers(): Promise<Record<string, number>> {
  const shape = { records: scaled(200_000), keys: KEYS, payloadBytes: 300 };
  return withArchive(shape, { ...WORLD, limitScale: null }, async (rig) => {
    await addFault(rig.endpoints, {
      effect: { type: 'stall', ms: 100 },
      operation: 'PutRecords',
    });
    const limits = { slices: 2, slicesPerRun: 2, requestsPerSlice: 1 };
    const one = await replayTo(rig, shape, { name: 'one', shards: 20, limits });
    const two = await replayTo(rig, shape, { name: 'two', shards: 20, limits, workers: 2 });
    return {
      twoWorkersOverOne: round(rateOf(two) / rateOf(one)),
      engineCpu: round(two.worldCpuMs / two.ms),
      oneWorkerMBPerSecond: round(mbPerSecond(one)),
    };
  });
}

/** No memory holds the archive: its objects are made as they are read. */
async function measureMemory(): Promise<Record<string, number>> {
  const shape = { records: RECORDS_AN_OBJECT, keys: KEYS, payloadBytes: 1_000 };
  const members = 40;
  const objectBytes =
    members * FORMAT.write([...new RecordMaker(shape).from(0, shape.records)]).length;
  const objects = Math.ceil((ARCHIVE_GIB * 2 ** 30) / objectBytes);
  const archive: MadeArchive = { prefix: PREFIX, objects, format: FORMAT.name, shape, members };
  const share = 0.02;
  const rig = await openRig({ ...WORLD, limitScale: null });
  try {
    const server = forkBench('replay-archive-server.ts', archive);
    rig.onClose(server.stop);
    const endpoints = { ...rig.endpoints, s3: await server.next<string>() };
    const records = objects * members * shape.records;
    const found = await replayTo(
      rig,
      { ...shape, records: Math.floor(records * share * 0.9) },
      {
        name: 'large',
        shards: 20,
        endpoints,
        filter: { sampling: { share, by: 'record' } },
      },
    );
    return { peakRssMB: found.peakRssMB, archiveGiB: ARCHIVE_GIB };
  } finally {
    await rig.close();
  }
}

async function withArchive<T>(
  shape: ArchiveShape,
  world: Parameters<typeof openRig>[0],
  use: (rig: Rig) => Promise<T>,
): Promise<T> {
  const rig = await openRig(world);
  try {
    const place = { prefix: PREFIX, recordsAnObject: RECORDS_AN_OBJECT };
    await putArchive(rig.s3, place, FORMAT, new RecordMaker(shape));
    return await use(rig);
  } finally {
    await rig.close();
  }
}

async function runLoop(rig: Rig, shape: ArchiveShape, shards: number): Promise<LoopFigures> {
  await createTarget(rig.kinesis, CONNECTION, 'loop', shards);
  const options: LoopOptions = {
    endpoint: rig.endpoints.kinesis,
    streamName: 'loop',
    shape,
    concurrency: LOOP_CONCURRENCY,
    recordsARequest: RECORDS_A_REQUEST,
  };
  const loop: ForkedBench = forkBench('replay-loop.ts', options);
  try {
    return await loop.next<LoopFigures>();
  } finally {
    await loop.stop();
  }
}

type ReplayTo = Partial<Pick<MeasuredRun, 'limits' | 'workers' | 'endpoints'>> &
  Pick<Parameters<typeof settingsOf>[0], 'shardCap' | 'filter'> & {
    readonly name: string;
    readonly shards: number;
    readonly order?: ReplayOrder;
  };

async function replayTo(rig: Rig, shape: ArchiveShape, to: ReplayTo): Promise<RunFigures> {
  const { name, shards, order = 'none', workers = 1, shardCap, filter, ...more } = to;
  const target = await createTarget(rig.kinesis, CONNECTION, name, shards);
  const { settings, pace } = settingsOf({
    ...{ target, order, prefix: PREFIX, transform: FORMAT.transform },
    ...(shardCap === undefined ? {} : { shardCap }),
    ...(filter === undefined ? {} : { filter }),
  });
  const bounds = { slices: SLICES, records: shape.records, withinMs: RUN_MS_MAX };
  return measureRun(rig, { settings, pace, workers, ...bounds, ...more });
}

/** At least as many as make some requests. */
function scaled(records: number): number {
  return Math.max(10_000, Math.round(records * SCALE));
}

function rateOf({ records, ms }: { readonly records: number; readonly ms: number }): number {
  return records / ms;
}

function mbPerSecond({ bytes, ms }: { readonly bytes: number; readonly ms: number }): number {
  return bytes / 1_000 / ms;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
