import type { ConsumerKind } from './application.ts';
import type { ApplicationHealth } from './application-health.ts';
import type { Arrivals } from './arrivals.ts';
import type { Lag } from './lag.ts';
import { type JudgedLease, judgeLease, judgeMissing } from './lease-health.ts';
import { evaluateMetric } from './metric-health.ts';
import type { MetricLag } from './metric-lag.ts';
import { missingLease } from './missing-lease.ts';
import type { Probes } from './probe.ts';
import type { ShardSurvey } from './shard-survey.ts';
import { rankOf } from './status.ts';
import { symptomsOf } from './symptoms.ts';
import type { Thresholds } from './thresholds.ts';
import type { ApplicationTrack } from './track.ts';
import { workersOf } from './workers.ts';

/** All that is known of an application on a stream. */
export type ApplicationFacts =
  | {
      readonly kind: Extract<ConsumerKind, 'kcl' | 'lifion'>;
      readonly track: ApplicationTrack;
      readonly survey: ShardSurvey;
      readonly arrivals: Arrivals;
      readonly retentionMs: number;
      /** What was read after checkpoints, where that is allowed; left out: nothing. */
      readonly probes?: Probes;
    }
  | {
      readonly kind: Exclude<ConsumerKind, 'kcl' | 'lifion'>;
      readonly metric: MetricLag;
      readonly retentionMs: number;
    };

/**
 * How an application is: the status of each of its leases by numbered rules (lease-status.ts, missing-lease.ts), its own
 * as that of the worst, and what lies behind it.
 *
 * @param nowMs epoch milliseconds on AWS's clock
 */
export function evaluateApplication(
  facts: ApplicationFacts,
  thresholds: Thresholds,
  nowMs: number,
): ApplicationHealth {
  if (!('track' in facts)) {
    return evaluateMetric(facts.metric, facts.retentionMs, thresholds, nowMs);
  }
  const { track, retentionMs } = facts;
  const judged = judgeAll(facts, thresholds, nowMs);
  const leases = judged.map(({ health }) => health);
  const workers = workersOf(track, judged, thresholds);
  const symptoms = symptomsOf({ track, judged, workers, retentionMs, thresholds, nowMs });
  return { ...overall(judged), symptoms, leases, workers };
}

/** In hash-key order; leases of shards that the stream does not have come last. */
function judgeAll(
  facts: Extract<ApplicationFacts, { track: ApplicationTrack }>,
  thresholds: Thresholds,
  nowMs: number,
): readonly JudgedLease[] {
  const { track, survey } = facts;
  const judged: JudgedLease[] = [];
  for (const shard of survey.shards.values()) {
    const lease = track.leases.get(shard.shardId);
    if (lease !== undefined) {
      judged.push(judgeLease(lease, shard, facts, thresholds, nowMs));
      continue;
    }
    const verdict = missingLease(shard, track, survey, thresholds);
    if (verdict !== null) judged.push(judgeMissing(shard, verdict));
  }
  for (const [shardId, lease] of track.leases) {
    if (survey.shards.has(shardId)) continue;
    judged.push(judgeLease(lease, null, facts, thresholds, nowMs));
  }
  return judged;
}

type Overall = Omit<ApplicationHealth, 'symptoms' | 'leases' | 'workers'>;

function overall(judged: readonly JudgedLease[]): Overall {
  let worst: JudgedLease | null = null;
  let furthest: JudgedLease | null = null;
  let [rank, unknownLags, caughtUpInMs, lossInMs] = [Number.POSITIVE_INFINITY, 0, 0, Infinity];
  let never = false;
  const [records, bytes, perSecond] = [new Total(), new Total(), new Total()];
  for (const one of judged) {
    const { health } = one;
    const { lag } = health;
    const itsRank = rankOf(health.status);
    if (itsRank < rank || (itsRank === rank && isSooner(one, worst)))
      [rank, worst] = [itsRank, one];
    if (lag.kind === 'unknown') unknownLags += 1;
    if (lag.kind === 'interval') {
      if (isFurther(lag, furthest)) furthest = one;
      if (lag.atLeastMs > 0 && health.caughtUpInMs === null) never = true;
    }
    caughtUpInMs = Math.max(caughtUpInMs, health.caughtUpInMs ?? 0);
    lossInMs = Math.min(lossInMs, health.lossInMs ?? Infinity);
    records.add(health.backlogRecords);
    bytes.add(health.backlogBytes);
    perSecond.add(health.recordsPerSecond);
  }
  return {
    status: worst?.health.status ?? 'UNKNOWN',
    sinceMs: worst?.health.sinceMs ?? null,
    worst:
      furthest === null ? null : { shardId: furthest.health.shardId, lag: furthest.health.lag },
    lag: furthest?.health.lag ?? lagOfNone(judged),
    unknownLags,
    trend: furthest?.health.trend ?? 'unknown',
    caughtUpInMs: never || caughtUpInMs === 0 ? null : caughtUpInMs,
    lossInMs: lossInMs === Infinity ? null : lossInMs,
    backlogRecords: records.known,
    backlogBytes: bytes.known,
    recordsPerSecond: perSecond.known,
  };
}

/** Of leases that are as bad the one that is so for longest; one that was so before anybody looked goes first. */
function isSooner(one: JudgedLease, other: JudgedLease | null): boolean {
  if (other === null) return true;
  if (other.health.sinceMs === null) return false;
  return one.health.sinceMs === null || one.health.sinceMs < other.health.sinceMs;
}

/** By what is sure first: an upper bound may be high only because little is known. */
function isFurther(lag: Extract<Lag, { kind: 'interval' }>, other: JudgedLease | null): boolean {
  if (other === null || other.health.lag.kind !== 'interval') return true;
  const { atLeastMs, atMostMs } = other.health.lag;
  return lag.atLeastMs > atLeastMs || (lag.atLeastMs === atLeastMs && lag.atMostMs > atMostMs);
}

/** Of an application none of whose leases has a lag that is known: worked off, or why it is not known. */
function lagOfNone(judged: readonly JudgedLease[]): Lag {
  const unknown = judged.find(({ health }) => health.lag.kind === 'unknown')?.health.lag;
  if (unknown !== undefined) return unknown;
  return judged.length === 0 ? { kind: 'unknown', reason: 'no-lease' } : { kind: 'done' };
}

/** A sum of what is known; null where nothing is. */
class Total {
  known: number | null = null;

  add(value: number | null): void {
    if (value !== null) this.known = (this.known ?? 0) + value;
  }
}
