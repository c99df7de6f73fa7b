import { sql } from 'drizzle-orm';
import { readReplayRun } from '#server/db/replay/run.ts';
import { controlReplay } from '#server/services/replays/control-replay.ts';
import { formatNamed } from './replay/archive-formats.ts';
import { type ForkedBench, forkBench } from './replay/forked.ts';
import { askUse, startFullWorker } from './replay/full-worker.ts';
import { beginPlanning, untilPlanned } from './replay/planned-run.ts';
import { CONNECTION, settingsOf } from './replay/replay-settings.ts';
import { openRig, type Rig } from './replay/rig.ts';
import type { MadeArchive } from './replay/serve-archive.ts';
import { createTarget } from './replay/target-stream.ts';
import { until } from './until.ts';

const OBJECTS_DEFAULT = 1_000_000;
const PREFIX = 'many/';
const PLAN_MS_MAX = 1_200_000;

/**
 * An archive of a million keys is planned by a worker as the product runs it, and once more until it is cancelled in the
 * middle. OBJECTS sets how many keys there are.
 *
 * - `objects`, `seconds`: those in the manifest, and what the plan of them took
 * - `peakHeapMB`, `peakRssMB`: of the worker meanwhile; `idleRssMB`: before
 * - `progressSteps`: how often another number of keys was told; `silentMsMax`: the longest time without
 * - `cancelMs`: from the word to the end; `keptChunks`: what is left of the manifest then
 */
export async function run(): Promise<Record<string, number>> {
  const objects = Number(process.env['OBJECTS'] ?? OBJECTS_DEFAULT);
  const format = formatNamed('firehose');
  const shape = { records: 50, keys: { count: 20, zipf: null }, payloadBytes: 200 };
  const archive: MadeArchive = { prefix: PREFIX, objects, format: format.name, shape, members: 1 };
  const rig = await openRig({ limitScale: null });
  try {
    const server = forkBench('replay-archive-server.ts', archive);
    rig.onClose(server.stop);
    const endpoints = { ...rig.endpoints, s3: await server.next<string>() };
    const target = await createTarget(rig.kinesis, CONNECTION, 'target', 4);
    const worker = await startFullWorker(rig, endpoints);
    const { transform } = format;
    const { settings, pace } = settingsOf({ target, order: 'none', transform, prefix: PREFIX });
    const begin = () => beginPlanning(rig, settings, pace, endpoints);
    return { ...(await planAll(rig, worker, begin)), ...(await cancelOne(rig, objects, begin)) };
  } finally {
    await rig.close();
  }
}

async function planAll(rig: Rig, worker: ForkedBench, begin: () => Promise<number>) {
  const { peakRssMB: idleRssMB } = await askUse(worker);
  const startMs = performance.now();
  let peakHeapMB = 0;
  let progressSteps = 0;
  let silentMsMax = 0;
  let listed = -1;
  let toldMs = startMs;
  const planned = await untilPlanned(rig, await begin(), PLAN_MS_MAX, async ({ listing }) => {
    peakHeapMB = Math.max(peakHeapMB, (await askUse(worker)).heapUsedMB);
    const nowListed = listing?.listed ?? 0;
    if (nowListed < listed) throw new Error(`Progress went back from ${listed} to ${nowListed}.`);
    if (nowListed === listed) return;
    silentMsMax = Math.max(silentMsMax, performance.now() - toldMs);
    toldMs = performance.now();
    listed = nowListed;
    progressSteps += 1;
  });
  const { peakRssMB } = await askUse(worker);
  return {
    objects: planned.manifest?.objects ?? 0,
    seconds: Math.round((performance.now() - startMs) / 100) / 10,
    ...{ peakHeapMB, peakRssMB, idleRssMB, progressSteps },
    silentMsMax: Math.round(silentMsMax),
  };
}

async function cancelOne({ database }: Rig, objects: number, begin: () => Promise<number>) {
  const id = await begin();
  await until(async () => {
    const run = await readReplayRun(database, id);
    if (run?.state !== 'planning') throw new Error(`It was to be planned: ${run?.state}`);
    return (run.listing?.listed ?? 0) > objects / 10;
  });
  const startMs = performance.now();
  await controlReplay({ ctx: { database }, actor: 'bench', input: { id, event: 'cancel' } });
  await until(async () => (await readReplayRun(database, id))?.state === 'cancelled');
  const cancelMs = Math.round(performance.now() - startMs);
  const { rows } = await database.db.execute<{ chunks: string }>(
    sql`select count(*) as chunks from replay_manifest where run_id = ${id}`,
  );
  return { cancelMs, keptChunks: Number(rows[0]?.chunks) };
}
