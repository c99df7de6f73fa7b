import type { WorkerHealth } from './application-health.ts';
import type { JudgedLease } from './lease-health.ts';
import { deadAfterMs } from './renewal.ts';
import { rankOf, STATUSES_WORST_FIRST } from './status.ts';
import type { Thresholds } from './thresholds.ts';
import type { ApplicationTrack } from './track.ts';

type Load = {
  leases: number;
  throughputKBps: number | null;
  ownerChanges: number;
  rank: number;
  /** One of its leases is renewed in time. */
  isRenewing: boolean;
};

/** What each worker does, those with most leases first. Workers that have none are known only where they report. */
export function workersOf(
  track: ApplicationTrack,
  judged: readonly JudgedLease[],
  thresholds: Thresholds,
): readonly WorkerHealth[] {
  const loads = new Map<string, Load>();
  let owned = 0;
  for (const { health, facts } of judged) {
    const { owner, status } = health;
    if (facts === null || owner === null || status === 'DONE') continue;
    owned += 1;
    const load = loads.get(owner) ?? noLoad();
    load.leases += 1;
    const { throughputKBps } = facts.track.lease;
    if (throughputKBps !== null) load.throughputKBps = (load.throughputKBps ?? 0) + throughputKBps;
    load.ownerChanges += facts.track.ownerChangesMs.length;
    load.rank = Math.min(load.rank, rankOf(status));
    if (facts.deadSinceMs === null && facts.track.aliveSinceMs !== null) load.isRenewing = true;
    loads.set(owner, load);
  }
  const names = new Set([...track.workers.keys(), ...loads.keys()]);
  return [...names]
    .map((workerId): WorkerHealth => {
      const load = loads.get(workerId) ?? noLoad();
      const lastSeenMs = track.workers.get(workerId)?.lastSeenMs ?? null;
      const { leases, throughputKBps, ownerChanges } = load;
      return {
        workerId,
        leases,
        share: owned === 0 ? 0 : leases / owned,
        throughputKBps,
        fresh: load.isRenewing || wasSeen(lastSeenMs, track, thresholds),
        lastSeenMs,
        ownerChanges,
        status: leases === 0 ? 'UNKNOWN' : (STATUSES_WORST_FIRST[load.rank] ?? 'UNKNOWN'),
      };
    })
    .sort((a, b) => b.leases - a.leases || (a.workerId < b.workerId ? -1 : 1));
}

/**
 * A worker that reports of itself may be silent for longer than one that is known by its leases; that one is alive only
 * as long as an owner may leave them unrenewed.
 */
function wasSeen(
  lastSeenMs: number | null,
  track: ApplicationTrack,
  thresholds: Thresholds,
): boolean {
  if (lastSeenMs === null) return false;
  const limitMs = track.reportsWorkers ? thresholds.workerFreshMs : deadAfterMs(null, thresholds);
  return track.observedMs - lastSeenMs <= limitMs;
}

function noLoad(): Load {
  return {
    leases: 0,
    throughputKBps: null,
    ownerChanges: 0,
    rank: STATUSES_WORST_FIRST.length - 1,
    isRenewing: false,
  };
}
