import { RECONCILE_TIMES, type ReconcileTimes } from '#lib/domain/reshard/job/reconcile.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import type { Notification } from '#server/db/notification.ts';
import { claimReshardJob } from '#server/db/reshard/job-lease.ts';
import { startTakingUp } from '#server/jobs/take-up.ts';
import type { Logger } from '#server/log.ts';
import { JOB_LEASE_TTL_MS, type JobWork, workOnJob } from './work-on-job.ts';

const CLAIM_EVERY_MS = 2_000;
const STORE_RETRY_MS = 2_000;

/** Streams that one worker reshards at a time. Others wait, or are another worker's. */
const JOBS_MAX = 16;

const LOOK_EVERY_MS = 1_000;
/** In the embedded world an operation takes a second or two, and looking costs nothing. */
const LOOK_EMBEDDED_EVERY_MS = 250;

export type ReshardExecutorDependencies = {
  readonly database: Database;
  readonly connections: readonly { readonly connection: Connection; readonly aws: Aws }[];
  readonly log: Logger;
  /** Names this process among all that may work on jobs. */
  readonly holder: string;
  /** Where tests are in more of a hurry than Kinesis. */
  readonly times?: ReconcileTimes;
  readonly leaseTtlMs?: number;
};

export type ReshardExecutor = {
  onNotification(notification: Notification): void;
  /** Resolves when the signal was aborted and all leases are given back. */
  readonly done: Promise<void>;
};

/** Takes up reshards that nobody works on, and works on them: at most one at a time of a stream, over all workers. */
export function startReshardExecutor(
  deps: ReshardExecutorDependencies,
  signal: AbortSignal,
): ReshardExecutor {
  const { database, connections, log, holder } = deps;
  const { leaseTtlMs = JOB_LEASE_TTL_MS } = deps;
  const names = connections.map(({ connection }) => connection.name);
  const jobs = startTakingUp<JobWork>(
    {
      async take() {
        const claimed = await claimReshardJob(database, names, holder, leaseTtlMs);
        const reached = connections.find(
          ({ connection }) => connection.name === claimed?.connection,
        );
        if (claimed === null || reached === undefined) return null;
        const work = workOnJob(
          {
            ...reached,
            database,
            log: log.child({ connection: claimed.connection }),
            times: deps.times ?? RECONCILE_TIMES,
            leaseTtlMs,
            lookEveryMs:
              reached.connection.credentials.kind === 'embedded'
                ? LOOK_EMBEDDED_EVERY_MS
                : LOOK_EVERY_MS,
          },
          claimed.lease,
          signal,
        );
        return { id: claimed.lease.jobId, work };
      },
      hasRoom: (works) => works.length < JOBS_MAX,
      everyMs: CLAIM_EVERY_MS,
      retryMs: STORE_RETRY_MS,
      looksWhenDone: false,
      log,
      failureWords: 'reshards could not be looked for; trying again',
    },
    signal,
  );
  return {
    onNotification(notification) {
      if (notification.kind !== 'reshard') return;
      for (const work of jobs.works()) work.wake();
      jobs.wake();
    },
    done: jobs.done,
  };
}
