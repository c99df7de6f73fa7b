import type { StoppedJobs } from '#lib/jobs/stoppable-jobs.ts';
import { setAllToAdvise } from '#server/db/autoscale/policies.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readSendingReplays } from '#server/db/replay/run.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import { applyJobEvent, readOpenReshardJobs } from '#server/db/reshard/reshard-job.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

type Stop = {
  readonly database: ServiceContext['database'];
  readonly actor: string;
  /** For the log of each: that all were stopped, by whom and why. */
  readonly words: string;
  readonly atMs: number;
};

/**
 * The emergency stop: nothing of ours begins anything at AWS from then on, until a person resumes it. Nothing is lost by it.
 * Policies first, since one that acts would begin the next reshard; then what sends most.
 *
 * @param args.input.purpose why, in their words
 * @returns how many of each were stopped
 */
export async function stopAllJobs(args: {
  ctx: Pick<ServiceContext, 'database'>;
  actor: string;
  input: { readonly purpose: string };
}): Promise<StoppedJobs> {
  const { actor, input } = args;
  const { database } = args.ctx;
  const stop = {
    database,
    actor,
    words: `All jobs were stopped by ${actor}: ${input.purpose}`,
    atMs: await readServerTimeMs(database),
  };
  const policies = await setAllToAdvise(database, actor);
  const replays = await stopReplays(stop);
  return { policies, replays, reshards: await stopReshards(stop) };
}

async function stopReplays({ database, actor, words, atMs }: Stop): Promise<number> {
  let stopped = 0;
  for (const { id } of await readSendingReplays(database)) {
    const state = await database.db.transaction(
      async (tx) =>
        (await applyRunEvent(tx, id, 'pause', {
          actor,
          words: `Pausing: what is under way is waited for. ${words}`,
        })) ??
        // One that is about to begin has sent nothing: its start fails, and it is started again by resuming it.
        applyRunEvent(
          tx,
          id,
          'fail',
          { actor, words: `It was not begun. ${words}` },
          { failure: { kind: 'stopped', words, sinceMs: atMs } },
          { state: 'starting' },
        ),
    );
    if (state !== null) stopped += 1;
  }
  return stopped;
}

async function stopReshards({ database, words, atMs }: Stop): Promise<number> {
  const reason = { kind: 'stopped', words, sinceMs: atMs };
  let stopped = 0;
  for (const { id } of await readOpenReshardJobs(database)) {
    const state = await database.db.transaction((tx) => applyJobEvent(tx, id, 'pause', reason));
    if (state !== null) stopped += 1;
  }
  return stopped;
}
