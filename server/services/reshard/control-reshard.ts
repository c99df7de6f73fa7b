import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import { JOB_STATE_WORDS } from '#lib/reshard/job-words.ts';
import { applyJobEvent, ignoreLag, readReshardJob } from '#server/db/reshard/reshard-job.ts';
import { appendJournal } from '#server/db/reshard/reshard-journal.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

type Context = Pick<ServiceContext, 'database'>;

/**
 * Pauses, resumes or cancels a reshard. A step that was begun is carried to its end in each case.
 * @throws ServiceError `not-found`, `conflict` where the job is in no state for it
 */
export async function controlReshard(args: {
  ctx: Context;
  input: { readonly jobId: number; readonly event: 'pause' | 'resume' | 'cancel' };
}): Promise<void> {
  const { ctx, input } = args;
  const { jobId, event } = input;
  const next = await ctx.database.db.transaction(async (tx) => {
    const state = await applyJobEvent(tx, jobId, event, null);
    if (state !== null && event === 'resume') {
      const job = await readReshardJob({ db: tx }, jobId);
      await appendJournal(tx, jobId, { kind: 'resume', step: job?.stepsDone ?? 0 });
    }
    return state;
  });
  if (next !== null) return;
  const job = await readReshardJob(ctx.database, jobId);
  if (job === null) throw new ServiceError('not-found', `There is no reshard ${jobId}.`);
  throw new ServiceError(
    'conflict',
    `Nothing was changed: the reshard of ${job.streamName} is ${JOB_STATE_WORDS[job.state].toLowerCase()}${isOver(job.state) ? ', and that is for good' : ''}.`,
  );
}

/** Has merges of a reshard done though consumers are behind. @throws ServiceError `not-found` */
export async function releaseMerges(args: {
  ctx: Context;
  input: { readonly jobId: number };
}): Promise<void> {
  const { ctx, input } = args;
  const job = await readReshardJob(ctx.database, input.jobId);
  if (job === null) throw new ServiceError('not-found', `There is no reshard ${input.jobId}.`);
  await ctx.database.db.transaction((tx) => ignoreLag(tx, input.jobId));
}
