import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { KilledWorkerOptions } from '#server/jobs/replay/testing/killed-worker.ts';
import { WORKER_FLAGS } from '#server/worker/worker-flags.ts';
import { beginRun } from './begin-run.ts';
import { forkBench } from './forked.ts';
import { CONNECTION } from './replay-settings.ts';
import type { Rig } from './rig.ts';
import { type RunProgress, untilProgress } from './run-progress.ts';

const SLICES = 8;

/** Carries a replay out by one worker, to its end. @throws Error where it does not come to it, or the worker dies */
export async function replayWhole(
  rig: Rig,
  run: {
    readonly settings: ReplaySettings;
    readonly pace: PaceSettings;
    readonly withinMs: number;
  },
): Promise<RunProgress> {
  const { settings, pace, withinMs } = run;
  const options: KilledWorkerOptions = {
    databaseUrl: rig.databaseUrl,
    endpoints: rig.endpoints,
    connection: CONNECTION,
  };
  const worker = forkBench('replay-worker.ts', options, WORKER_FLAGS);
  try {
    await worker.next<'working'>();
    const runId = await beginRun(rig.database, rig.s3, settings, pace, SLICES);
    const isOver = ({ state }: RunProgress) => isRunOver(state);
    const over = await untilProgress(rig.database, runId, isOver, withinMs);
    if (worker.child.exitCode !== null || worker.child.signalCode !== null) {
      throw new Error('The worker died.');
    }
    return over;
  } finally {
    await worker.stop();
  }
}
