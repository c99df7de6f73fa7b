import type { LeaseHealth } from './application-health.ts';
import { type LeaseFacts, type LeaseSurroundings, leaseFacts, leaseLag } from './lease-lag.ts';
import { leaseStatus, type Verdict } from './lease-status.ts';
import { caughtUpInMs, lossInMs, paceOf, trendOf } from './pace.ts';
import { type Probes, withProbe } from './probe.ts';
import type { ShardSurvey, SurveyedShard } from './shard-survey.ts';
import type { Thresholds } from './thresholds.ts';
import type { ApplicationTrack, LeaseTrack } from './track.ts';

/** A lease's health with what it rests on, for the symptoms. */
export type JudgedLease = {
  readonly health: LeaseHealth;
  readonly verdict: Verdict;
  /** null: the shard has no lease. */
  readonly facts: LeaseFacts | null;
};

export type Surroundings = LeaseSurroundings & {
  readonly track: ApplicationTrack;
  readonly survey: ShardSurvey;
  /** What was read after checkpoints, where that is allowed. */
  readonly probes?: Probes;
};

export function judgeLease(
  track: LeaseTrack,
  shard: SurveyedShard | null,
  surroundings: Surroundings,
  thresholds: Thresholds,
  nowMs: number,
): JudgedLease {
  const { track: application, survey, arrivals, retentionMs, probes } = surroundings;
  const facts = leaseFacts(track, shard, surroundings, thresholds);
  const lag = withProbe(leaseLag(facts), track, probes?.get(track.lease.shardId));
  const verdict = leaseStatus({
    facts,
    lag,
    application,
    survey,
    retentionMs,
    thresholds,
    nowMs,
  });
  const pace = paceOf(facts, lag);
  const backlog = backlogOf(facts);
  const health: LeaseHealth = {
    shardId: track.lease.shardId,
    status: verdict.status,
    sinceMs: verdict.sinceMs,
    unknown: verdict.unknown,
    lag,
    trend: trendOf(lag, pace),
    backlogRecords: backlog?.records ?? null,
    backlogBytes: backlog?.bytes ?? null,
    owner: track.lease.owner,
    checkpointOwner: track.lease.checkpointOwner,
    pace,
    recordsPerSecond: recordsPerSecond(facts, pace, arrivals),
    caughtUpInMs: caughtUpInMs(lag, pace),
    lossInMs: verdict.status === 'DATA_LOSS' ? 0 : lossInMs(lag, pace, retentionMs, nowMs),
  };
  return { health, verdict, facts };
}

/** Of a shard that has no lease. */
export function judgeMissing(shard: SurveyedShard, verdict: Verdict): JudgedLease {
  const health: LeaseHealth = {
    shardId: shard.shardId,
    status: verdict.status,
    sinceMs: verdict.sinceMs,
    unknown: verdict.unknown,
    lag: { kind: 'unknown', reason: 'no-lease' },
    trend: 'unknown',
    backlogRecords: null,
    backlogBytes: null,
    owner: null,
    checkpointOwner: null,
    pace: null,
    recordsPerSecond: null,
    caughtUpInMs: null,
    lossInMs: null,
  };
  return { health, verdict, facts: null };
}

/** Unread, at least. Where figures are of the whole stream, only silence says something of a shard. */
function backlogOf(facts: LeaseFacts): { readonly records: number; readonly bytes: number } | null {
  const { arrived, track } = facts;
  const { kind } = track.lease.checkpoint;
  if (kind === 'shard-end' || facts.isShardEmpty) return { records: 0, bytes: 0 };
  // Where these begin is not known, so neither is what they have left unread.
  if (kind === 'latest' || kind === 'at-timestamp' || arrived === null) return null;
  return arrived.perShard || arrived.records === 0 ? arrived : null;
}

/**
 * Worked off a second, over the places that are remembered: what arrived between the first of them and the present one;
 * where CloudWatch has not told so far yet, what arrived a second since the first, as fast as it goes.
 */
function recordsPerSecond(
  facts: LeaseFacts,
  pace: number | null,
  arrivals: LeaseSurroundings['arrivals'],
): number | null {
  const { track, arrived } = facts;
  const first = track.places[0] ?? track.previous;
  if (pace === null) return null;
  if (pace === 0) return 0;
  if (first === null || track.recordMs === null) return null;
  const after = arrivals.since(track.lease.shardId, first.recordMs);
  if (after === null || !after.perShard || !after.isComplete) return null;
  if (arrived !== null && arrived.knownFromMs < arrived.knownThroughMs) {
    const spanMs = arrived.knownFromMs - after.knownFromMs;
    if (spanMs > 0) return (((after.records - arrived.records) * 1000) / spanMs) * pace;
  }
  const knownMs = after.knownThroughMs - after.knownFromMs;
  return knownMs <= 0 ? null : ((after.records * 1000) / knownMs) * pace;
}
