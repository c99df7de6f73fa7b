import type { ShardId } from '#lib/domain/shard.ts';
import { boundEvents } from './bound-events.ts';
import { recordTimeOf } from './checkpoint.ts';
import type { ConsumerEvent } from './events.ts';
import type { LeaseObservation, ObservedLease } from './observation.ts';
import { beginLease, followLease } from './observe-lease.ts';
import { learn } from './renewal.ts';
import type { ShardSurvey } from './shard-survey.ts';
import { skewOf } from './skew.ts';
import { THRESHOLDS, type Thresholds } from './thresholds.ts';
import type { ApplicationTrack, LeaseTrack, MissingLease, WorkerTrack } from './track.ts';

/**
 * Takes one more observation into what is known of an application, and tells what happened since the last one. The first
 * observation tells of no event: everything in it may be old.
 *
 * An observation that is not later than the last one changes nothing.
 */
export function observe(
  track: ApplicationTrack | null,
  observation: LeaseObservation,
  survey: ShardSurvey,
  thresholds: Thresholds = THRESHOLDS,
): { readonly track: ApplicationTrack; readonly events: readonly ConsumerEvent[] } {
  if (track !== null && observation.atMs <= track.observedMs) return { track, events: [] };
  const events: ConsumerEvent[] = [];
  const leases = followLeases(track, observation, thresholds, events);
  const workers = followWorkers(track, leases, observation, thresholds);
  const isSkewed = skewOf(observation.leases, thresholds) !== null;
  return {
    track: {
      firstSeenMs: track?.firstSeenMs ?? observation.atMs,
      observedMs: observation.atMs,
      previousMs: track?.observedMs ?? null,
      counterIs: observation.counterIs,
      leases,
      missing: followMissing(track, leases, observation, survey),
      workers,
      reportsWorkers: observation.workers !== null,
      skewedSinceMs: isSkewed ? (track?.skewedSinceMs ?? observation.throughMs) : null,
      checkpointEveryMs: learnOverall(track, leases),
      unreadable: observation.unreadable,
    },
    events: boundEvents(events),
  };
}

function followLeases(
  track: ApplicationTrack | null,
  observation: LeaseObservation,
  thresholds: Thresholds,
  events: ConsumerEvent[],
): ReadonlyMap<ShardId, LeaseTrack> {
  const { atMs } = observation;
  const leases = new Map<ShardId, LeaseTrack>();
  for (const lease of observation.leases) {
    const { shardId, owner } = lease;
    const before = track?.leases.get(shardId);
    if (before === undefined) {
      leases.set(shardId, beginLease(lease, observation, track !== null));
      if (track !== null) events.push({ kind: 'lease-created', atMs, shardId, owner });
      continue;
    }
    const after = followLease(before, lease, observation, thresholds);
    leases.set(shardId, after);
    tellLease(before, after, atMs, events);
  }
  for (const [shardId, before] of track?.leases ?? []) {
    if (leases.has(shardId)) continue;
    // The row that cannot be read may be this lease's: then it is not gone.
    if (observation.unreadable.length > 0) leases.set(shardId, before);
    else if (before.lease.checkpoint.kind !== 'shard-end') {
      events.push({ kind: 'lease-lost', atMs, shardId, owner: before.lease.owner });
    }
  }
  return leases;
}

function tellLease(
  before: LeaseTrack,
  after: LeaseTrack,
  atMs: number,
  events: ConsumerEvent[],
): void {
  const [was, is] = [before.lease, after.lease];
  const { shardId, owner } = is;
  if (was.owner !== owner && owner !== null) {
    events.push({ kind: 'owner-changed', atMs, shardId, from: was.owner, to: owner });
  }
  if (is.checkpointOwner !== null && was.checkpointOwner !== is.checkpointOwner) {
    events.push({ kind: 'handoff-began', atMs, shardId, from: is.checkpointOwner, to: owner });
  }
  if (is.checkpoint.kind === 'shard-end' && was.checkpoint.kind !== 'shard-end') {
    // At a shard's end its owner is taken out of the row: who finished it is who had it before.
    events.push({ kind: 'shard-finished', atMs, shardId, owner: owner ?? was.owner });
  }
  if (
    after.rewound !== null &&
    after.checkpointAfterMs === before.seenMs &&
    wentBack(before, after)
  ) {
    events.push({
      kind: 'rewound',
      atMs,
      shardId,
      fromRecordMs: recordTimeOf(was.checkpoint),
      toRecordMs: recordTimeOf(is.checkpoint),
    });
  }
}

/** A place that was left forward is remembered, one that was left backward is not. */
function wentBack(before: LeaseTrack, after: LeaseTrack): boolean {
  return after.previous === null && after.checkpointSeenMs !== before.checkpointSeenMs;
}

function followMissing(
  track: ApplicationTrack | null,
  leases: ReadonlyMap<ShardId, LeaseTrack>,
  observation: LeaseObservation,
  survey: ShardSurvey,
): ReadonlyMap<ShardId, MissingLease> {
  const missing = new Map<ShardId, MissingLease>();
  // A row that cannot be read may be the one that is looked for: then nothing new is missed.
  const mayBeNew = observation.unreadable.length === 0;
  for (const { shardId, isOpen } of survey.shards.values()) {
    if (leases.has(shardId)) continue;
    const known = track?.missing.get(shardId);
    const former = track?.leases.get(shardId)?.lease;
    const wasUnfinished = isUnfinished(former) || known?.wasUnfinished === true;
    if (!isOpen && !wasUnfinished) continue;
    if (known !== undefined) missing.set(shardId, { ...known, wasUnfinished });
    else if (mayBeNew) missing.set(shardId, { sinceMs: observation.throughMs, wasUnfinished });
  }
  return missing;
}

function isUnfinished(lease: ObservedLease | undefined): boolean {
  return lease !== undefined && lease.checkpoint.kind !== 'shard-end';
}

function followWorkers(
  track: ApplicationTrack | null,
  leases: ReadonlyMap<ShardId, LeaseTrack>,
  observation: LeaseObservation,
  thresholds: Thresholds,
): ReadonlyMap<string, WorkerTrack> {
  const { throughMs } = observation;
  const workers = new Map<string, WorkerTrack>();
  for (const [workerId, worker] of track?.workers ?? []) {
    const lastMs = worker.lastSeenMs ?? worker.firstSeenMs;
    if (throughMs - lastMs <= thresholds.churnWindowMs) workers.set(workerId, worker);
  }
  const see = (workerId: string, aliveMs: number | null) => {
    const known = workers.get(workerId) ?? track?.workers.get(workerId);
    const lastSeenMs = Math.max(aliveMs ?? -1, known?.lastSeenMs ?? -1);
    if (known !== undefined && known.lastSeenMs === lastSeenMs) {
      workers.set(workerId, known);
      return;
    }
    workers.set(workerId, {
      firstSeenMs: known?.firstSeenMs ?? throughMs,
      lastSeenMs: lastSeenMs < 0 ? null : lastSeenMs,
    });
  };
  for (const { lease, aliveSinceMs, counterMovedMs } of leases.values()) {
    if (lease.owner !== null) see(lease.owner, aliveSinceMs === null ? null : counterMovedMs);
  }
  for (const { workerId, lastUpdatedMs } of observation.workers ?? []) {
    see(workerId, lastUpdatedMs);
  }
  return workers;
}

/** From the leases that moved in this observation, one lesson together. */
function learnOverall(
  track: ApplicationTrack | null,
  leases: ReadonlyMap<ShardId, LeaseTrack>,
): number | null {
  let [sum, count] = [0, 0];
  for (const { checkpointEveryMs } of leases.values()) {
    if (checkpointEveryMs === null) continue;
    sum += checkpointEveryMs;
    count += 1;
  }
  const learned = track?.checkpointEveryMs ?? null;
  return count === 0 ? learned : learn(learned, sum / count);
}
