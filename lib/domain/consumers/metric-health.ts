import type { ApplicationHealth } from './application-health.ts';
import type { Lag } from './lag.ts';
import type { MetricLag, MetricPoint } from './metric-lag.ts';
import type { ConsumerStatus, Symptom, SymptomKind, SymptomOf } from './status.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * Health of an application without leases, from the one figure that AWS tells of it: how far behind its reading was, at
 * most, in each period. Numbered rules; the first that holds decides.
 */
export function evaluateMetric(
  metric: MetricLag,
  retentionMs: number,
  thresholds: Thresholds,
  nowMs: number,
): ApplicationHealth {
  const points = metric.points.filter(({ atMs }) => nowMs - atMs <= thresholds.growthWindowMs);
  const newest = points.at(-1);
  const lag: Lag =
    newest === undefined
      ? { kind: 'unknown', reason: 'no-metric' }
      : {
          kind: 'interval',
          atLeastMs: newest.lagMs,
          atMostMs: newest.lagMs,
          asOfMs: newest.atMs,
          method: 'metric',
        };
  const slope = slopeOf(points);
  const { status, sinceMs, symptoms } = judge(metric, points, slope, {
    retentionMs,
    thresholds,
  });
  const lagMs = newest?.lagMs ?? 0;
  return {
    status,
    sinceMs,
    worst: null,
    symptoms,
    leases: [],
    workers: [],
    lag,
    unknownLags: 0,
    trend: trendOf(slope, lagMs),
    caughtUpInMs: slope !== null && slope < -STEADY && lagMs > 0 ? lagMs / -slope : null,
    lossInMs: lossIn(lagMs, slope, retentionMs),
    backlogRecords: null,
    backlogBytes: null,
    recordsPerSecond: null,
  };
}

/** A lag that changes by less than this a second neither grows nor falls. */
const STEADY = 0.05;

type Judgement = Pick<ApplicationHealth, 'status' | 'sinceMs' | 'symptoms'>;

function judge(
  { activity }: MetricLag,
  points: readonly MetricPoint[],
  slope: number | null,
  { retentionMs, thresholds }: { readonly retentionMs: number; readonly thresholds: Thresholds },
): Judgement {
  const [first] = points;
  const newest = points.at(-1);
  // 1. It does not read at all.
  if (activity === 'off') return found('STOP', symptom('switched-off', null, {}));
  // 2. What AWS does not tell is not known.
  if (first === undefined || newest === undefined) {
    return { status: 'UNKNOWN', sinceMs: null, symptoms: [] };
  }
  // 3. It reads what is about to go, or is gone.
  if (newest.lagMs >= retentionMs) {
    const figures = { ageMs: newest.lagMs, retentionMs };
    return found('DATA_LOSS', symptom('data-loss', newest.atMs, figures));
  }
  const isLossAhead = newest.lagMs >= retentionMs * thresholds.lossAheadShare;
  const ahead = symptom('data-loss-ahead', null, {
    ageMs: newest.lagMs,
    retentionMs,
    lossInMs: lossIn(newest.lagMs, slope, retentionMs),
  });
  const symptoms: readonly Symptom[] = isLossAhead ? [ahead] : [];
  // 4. Its lag grew over the whole window, and never fell.
  if (isGrowing(points, thresholds)) {
    const figures = {
      fromMs: first.lagMs,
      toMs: newest.lagMs,
      overMs: newest.atMs - first.atMs,
    };
    const growing = symptom('growing-lag', first.atMs, figures);
    return { status: 'WARN', sinceMs: first.atMs, symptoms: [...symptoms, growing] };
  }
  return { status: 'OK', sinceMs: null, symptoms };
}

function found(status: ConsumerStatus, of: Symptom): Judgement {
  return { status, sinceMs: of.sinceMs, symptoms: [of] };
}

function symptom<Kind extends SymptomKind>(
  kind: Kind,
  sinceMs: number | null,
  figures: SymptomOf<Kind>['figures'],
): SymptomOf<Kind> {
  return { kind, sinceMs, shardIds: [], shardCount: 0, workers: [], figures };
}

function isGrowing(points: readonly MetricPoint[], thresholds: Thresholds): boolean {
  const [first, newest] = [points[0], points.at(-1)];
  if (first === undefined || newest === undefined) return false;
  if (points.length < thresholds.growthPlaces) return false;
  const isWhole = newest.atMs - first.atMs >= thresholds.growthWindowMs / 2;
  const neverFell = points.every(({ lagMs }, i) => lagMs >= (points[i - 1]?.lagMs ?? 0));
  return (
    isWhole && neverFell && newest.lagMs > first.lagMs && newest.lagMs > thresholds.allowedLagMs
  );
}

/** Milliseconds of lag a millisecond; null from fewer than two points. */
function slopeOf(points: readonly MetricPoint[]): number | null {
  const [first, newest] = [points[0], points.at(-1)];
  if (first === undefined || newest === undefined || newest.atMs <= first.atMs) return null;
  return (newest.lagMs - first.lagMs) / (newest.atMs - first.atMs);
}

function trendOf(slope: number | null, lagMs: number): ApplicationHealth['trend'] {
  if (slope === null) return 'unknown';
  if (slope < -STEADY) return 'falling';
  return slope > STEADY && lagMs > 0 ? 'growing' : 'steady';
}

function lossIn(lagMs: number, slope: number | null, retentionMs: number): number | null {
  if (lagMs >= retentionMs) return 0;
  return slope === null || slope <= STEADY ? null : (retentionMs - lagMs) / slope;
}
