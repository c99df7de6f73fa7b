import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { KilledWorkerOptions } from '#server/jobs/replay/testing/killed-worker.ts';
import type { WorldEndpoints } from '#server/local-aws/environment.ts';
import { WORKER_FLAGS } from '#server/worker/worker-flags.ts';
import { beginRun } from './begin-run.ts';
import { openS3 } from './clients.ts';
import { type ForkedBench, forkBench } from './forked.ts';
import { askUse } from './full-worker.ts';
import { CONNECTION } from './replay-settings.ts';
import { type Rig, worldUse } from './rig.ts';
import { readProgress } from './run-progress.ts';

/** What a replay did from its first tenth on: code is compiled by then, and connections are open. */
export type RunFigures = {
  readonly records: number;
  /** Data and keys of what was acknowledged. */
  readonly bytes: number;
  readonly ms: number;
  /** Of all workers together. */
  readonly workerCpuMs: number;
  /** Of the worker that had most, since it began. */
  readonly peakRssMB: number;
  /** Of the embedded world. */
  readonly worldCpuMs: number;
};

export type MeasuredRun = {
  readonly settings: ReplaySettings;
  readonly pace: PaceSettings;
  readonly workers: number;
  readonly slices: number;
  /** What will be sent, as far as it is known before. */
  readonly records: number;
  readonly endpoints?: WorldEndpoints;
  readonly limits?: KilledWorkerOptions['limits'];
  readonly withinMs: number;
};

const WARM_UP_SHARE = 0.1;
const LOOK_MS = 100;

/** Carries a replay out by workers of its own, from the archive to the last checkpoint. */
export async function measureRun(rig: Rig, run: MeasuredRun): Promise<RunFigures> {
  const { endpoints = rig.endpoints, settings, pace } = run;
  const s3 = openS3(endpoints.s3);
  const workers: ForkedBench[] = [];
  try {
    for (let i = 0; i < run.workers; i += 1) {
      const options: KilledWorkerOptions = {
        databaseUrl: rig.databaseUrl,
        endpoints,
        connection: CONNECTION,
        ...(run.limits === undefined ? {} : { limits: run.limits }),
      };
      workers.push(forkBench('replay-worker.ts', options, WORKER_FLAGS));
    }
    await Promise.all(workers.map((worker) => worker.next<'working'>()));
    const runId = await beginRun(rig.database, s3, settings, pace, run.slices);
    const endMs = performance.now() + run.withinMs;
    await untilEmitted(rig, runId, WARM_UP_SHARE * run.records, endMs);
    const before = await look(rig, runId, workers);
    await untilEmitted(rig, runId, run.records, endMs);
    const after = await look(rig, runId, workers);
    return {
      records: after.records - before.records,
      bytes: after.bytes - before.bytes,
      ms: after.atMs - before.atMs,
      workerCpuMs: after.workerCpuMs - before.workerCpuMs,
      peakRssMB: after.peakRssMB,
      worldCpuMs: after.worldCpuMs - before.worldCpuMs,
    };
  } finally {
    s3.destroy();
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

async function look({ database, endpoints }: Rig, runId: number, workers: readonly ForkedBench[]) {
  const atMs = performance.now();
  const { ledger } = await readProgress(database, runId);
  const uses = await Promise.all(workers.map(askUse));
  return {
    atMs,
    records: ledger.emitted,
    bytes: ledger.emittedBytes,
    workerCpuMs: uses.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakRssMB: Math.max(...uses.map(({ peakRssMB }) => peakRssMB)),
    worldCpuMs: (await worldUse(endpoints)).cpuMs,
  };
}

/** Asks for as little as it can: what it costs is not the replay's. */
async function untilEmitted(
  { database }: Rig,
  runId: number,
  records: number,
  endMs: number,
): Promise<void> {
  for (;;) {
    const { rows } = await database.db.execute<{ emitted: string; is_done: boolean }>(sql`
      select sum((progress -> 'ledger' ->> 'emitted')::bigint) as emitted, bool_and(is_done) as is_done
      from replay_slice where run_id = ${runId}`);
    const [row] = rows;
    if (row?.is_done === true || Number(row?.emitted) >= records) return;
    // Throws where the run has stopped for somebody to look.
    const { state, ledger } = await readProgress(database, runId);
    if (isRunOver(state)) return;
    if (performance.now() > endMs) {
      throw new Error(`Replay ${runId} takes too long: ${JSON.stringify({ state, ledger })}`);
    }
    await rest(LOOK_MS);
  }
}
