import { estimateDuration } from '#lib/domain/reshard/duration.ts';
import type { GoalInput } from '#lib/reshard/goal-input.ts';
import type {
  JournalLine,
  ReshardJobDetail,
  ReshardJobs,
  ReshardJobView,
} from '#lib/reshard/job-view.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import {
  type ReshardJobRow,
  readReshardJob,
  readReshardJobs,
} from '#server/db/reshard/reshard-job.ts';
import { readJournal, readMeasuredDurations } from '#server/db/reshard/reshard-journal.ts';
import { planOfStored } from '#server/db/reshard/stored-plan.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { stepViews } from './preview-reshard.ts';

const JOBS_SHOWN = 200;
const LINES_SHOWN = 500;

/** Reshards, running and past, the newest first. */
export async function listReshards(args: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<ReshardJobs> {
  const { database } = args.ctx;
  const [readAtMs, jobs] = await Promise.all([
    readServerTimeMs(database),
    readReshardJobs(database, JOBS_SHOWN),
  ]);
  return { readAtMs, jobs: jobs.map(viewOf) };
}

/** One reshard with its steps and its journal. @throws ServiceError `not-found` */
export async function getReshard(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly jobId: number };
}): Promise<ReshardJobDetail> {
  const { database } = args.ctx;
  const { jobId } = args.input;
  const job = await readReshardJob(database, jobId);
  if (job === null) throw new ServiceError('not-found', `There is no reshard ${jobId}.`);
  const [readAtMs, journal, measured] = await Promise.all([
    readServerTimeMs(database),
    readJournal(database, jobId),
    readMeasuredDurations(database, job.connection),
  ]);
  const { steps } = planOfStored(job.plan);
  return {
    ...viewOf(job),
    readAtMs,
    steps: stepViews(steps),
    journal: journal.slice(-LINES_SHOWN).map(
      (line): JournalLine => ({
        atMs: line.atMs,
        kind: line.kind,
        step: line.step,
        attempt: 'attempt' in line ? line.attempt : null,
        answer: line.kind === 'answer' ? line.answer : null,
        message: line.kind === 'answer' ? line.message : null,
      }),
    ),
    remainingMs:
      job.endedAt === null ? estimateDuration(steps.slice(job.stepsDone), measured).ms : null,
    ignoresLag: job.ignoresLag,
  };
}

function viewOf(job: ReshardJobRow): ReshardJobView {
  return {
    id: job.id,
    connection: job.connection,
    streamId: job.streamId,
    streamName: job.streamName,
    // Only what the router let in is stored.
    goalKind: job.goal.kind as GoalInput['kind'],
    state: job.state,
    reason: job.reason === null ? null : { words: job.reason.words, sinceMs: job.reason.sinceMs },
    waitsForConsumers: job.reason?.kind === 'consumer-lags',
    stepCount: job.stepCount,
    stepsDone: job.stepsDone,
    shardsBefore: job.plan.from.length + 1,
    shardsAfter: job.plan.to.length + 1,
    choice: job.plan.choice,
    remarks: job.plan.remarks,
    requestedBy: job.requestedBy,
    purpose: job.purpose,
    requestedAtMs: job.requestedAt.getTime(),
    endedAtMs: job.endedAt?.getTime() ?? null,
  };
}
