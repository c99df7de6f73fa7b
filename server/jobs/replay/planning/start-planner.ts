import { backoffMs } from '#lib/domain/replay/emit/backoff.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { wait } from '#server/collector/wait.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import type { Notification } from '#server/db/notification.ts';
import { readReplayRun } from '#server/db/replay/run.ts';
import {
  claimReplayRun,
  type RunLease,
  releaseRunLease,
  renewRunLease,
} from '#server/db/replay/run-lease.ts';
import { startTakingUp } from '#server/jobs/take-up.ts';
import type { Logger } from '#server/log.ts';
import type { ArchiveAccess } from './archive-access.ts';
import { beginPlanned, failStart } from './begin-planned.ts';
import { mayPass, planRun, refuse } from './plan-run.ts';

const CLAIM_EVERY_MS = 2_000;
const STORE_RETRY_MS = 2_000;
/** Of a collector's length: a plan of a worker that was killed waits no longer. */
const LEASE_TTL_MS = 6_000;
const RENEWALS_PER_TTL = 3;
/** Runs that one worker plans at a time; each holds a page of a listing. */
const RUNS_MAX = 4;
/** So often it may fail before a person has to look: for about half a minute. */
const FAILURES_MAX = 10;
const TARGET_READY_EVERY_MS = 1_000;

export type PlannerDependencies = {
  readonly database: Database;
  readonly connections: readonly { readonly connection: Connection; readonly aws: Aws }[];
  readonly log: Logger;
  /** Names this process among all that may plan. */
  readonly holder: string;
  readonly leaseTtlMs?: number;
  /** Instead of the archives that settings name: for tests. */
  readonly archive?: ArchiveAccess;
};

export type Planner = {
  onNotification(notification: Notification): void;
  /** Resolves when the signal was aborted and all leases are given back. */
  readonly done: Promise<void>;
};

/** Plans replays, and begins those that were started: any number of workers, one at a time of a run. */
export function startPlanner(deps: PlannerDependencies, signal: AbortSignal): Planner {
  const { database, log, holder } = deps;
  const ttlMs = deps.leaseTtlMs ?? LEASE_TTL_MS;
  const names = deps.connections.map(({ connection }) => connection.name);
  const plans = startTakingUp(
    {
      async take() {
        const lease = await claimReplayRun(
          database,
          ['planning', 'starting'],
          names,
          holder,
          ttlMs,
        );
        return lease === null
          ? null
          : { id: lease.runId, work: workOn(deps, lease, ttlMs, signal) };
      },
      hasRoom: (works) => works.length < RUNS_MAX,
      everyMs: CLAIM_EVERY_MS,
      retryMs: STORE_RETRY_MS,
      looksWhenDone: false,
      log,
      failureWords: 'replays to be planned could not be looked for; trying again',
    },
    signal,
  );
  return {
    onNotification(notification) {
      if (notification.kind !== 'replay') return;
      for (const work of plans.worksOn(notification.runId)) work.look();
      plans.wake();
    },
    done: plans.done,
  };
}

/** Works on one run for as long as its lease and its state last. */
function workOn(deps: PlannerDependencies, lease: RunLease, ttlMs: number, outer: AbortSignal) {
  const { database, log } = deps;
  const over = new AbortController();
  const signal = AbortSignal.any([outer, over.signal]);
  const renew = () => {
    void renewRunLease(database, lease, ttlMs)
      .then((state) => {
        // Cancelled, or somebody else's: what is under way here is for nothing.
        if (state !== 'planning' && state !== 'starting') over.abort();
      })
      .catch((error: unknown) => log.debug({ error }, 'the lease on a replay was not renewed'));
  };
  const renewal = setInterval(renew, ttlMs / RENEWALS_PER_TTL);
  const done = carryOut(deps, lease, signal)
    .catch((error: unknown) => {
      if (error instanceof LeaseLost || signal.aborted) return;
      log.error({ err: error, replay: lease.runId }, 'the planning of a replay broke off');
    })
    .finally(async () => {
      clearInterval(renewal);
      await releaseRunLease(database, lease).catch((error: unknown) =>
        log.debug({ error }, 'the lease on a replay was not given back'),
      );
    });
  return { done, look: renew };
}

async function carryOut(
  deps: PlannerDependencies,
  lease: RunLease,
  signal: AbortSignal,
): Promise<void> {
  const { database, log } = deps;
  for (let failures = 0; !signal.aborted; ) {
    const run = await readReplayRun(database, lease.runId);
    if (run === null || run.settings === null) return;
    if (run.state !== 'planning' && run.state !== 'starting') return;
    const isPlanning = run.state === 'planning';
    const reach = (name: string | null) =>
      deps.connections.find(({ connection }) => connection.name === name) ?? null;
    const target = reach(run.connection);
    const source = run.quarantineOf === null ? reach(run.settings.source.connection) : target;
    if (target === null || source === null) return;
    const ready = { ...run, settings: run.settings };
    try {
      if (isPlanning) {
        return await planRun({ ...deps, target, source: source.aws }, lease, ready, signal);
      }
      if (await beginPlanned({ database, target }, lease, ready, signal)) return;
      await wait(TARGET_READY_EVERY_MS, signal);
    } catch (error) {
      if (error instanceof LeaseLost || signal.aborted) throw error;
      failures += 1;
      if (!mayPass(error) || failures >= FAILURES_MAX) {
        return giveUp(deps, lease, isPlanning, error);
      }
      log.warn(
        { err: error, replay: lease.runId },
        'a replay could not be planned or started; trying again',
      );
      await wait(backoffMs(failures, Math.random()), signal);
    }
  }
}

/** What cannot pass by itself is said, and waits for a person. What is a fault of ours is in the log, too. */
async function giveUp(
  { database, log }: Pick<PlannerDependencies, 'database' | 'log'>,
  lease: RunLease,
  isPlanning: boolean,
  error: unknown,
): Promise<void> {
  const words = error instanceof Error ? error.message : String(error);
  log.warn(
    { err: error, replay: lease.runId },
    'a replay could not be planned or started, and waits for a person',
  );
  if (isPlanning) await refuse(database, lease, 'cannot-plan', words);
  else await failStart(database, lease, 'cannot-start', words);
}
