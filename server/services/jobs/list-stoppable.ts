import type { StoppableJobs } from '#lib/jobs/stoppable-jobs.ts';
import { readActingStreams } from '#server/db/autoscale/policies.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readSendingReplays } from '#server/db/replay/run.ts';
import { readOpenReshardJobs } from '#server/db/reshard/reshard-job.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** What would be stopped if all jobs were stopped now. */
export async function listStoppable(args: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<StoppableJobs> {
  const { database } = args.ctx;
  const [readAtMs, jobs, policies, replays] = await Promise.all([
    readServerTimeMs(database),
    readOpenReshardJobs(database),
    readActingStreams(database),
    readSendingReplays(database),
  ]);
  return {
    readAtMs,
    reshards: jobs.filter(({ state }) => state === 'running').map(({ streamName }) => streamName),
    policies,
    replays: replays.map(({ id, targetName }) => ({ id, streamName: targetName ?? 'no target' })),
  };
}
