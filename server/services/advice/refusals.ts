import type { Refusals } from '#lib/domain/advice/facts.ts';
import { metricOf, type StreamPeriod } from './stream-series.ts';

const HOUR_MS = 3_600_000;
/** A lag is compared over so much time at least: readers fetch in gulps. */
const GROWTH_SPAN_MS_MIN = 10 * 60_000;
/** Periods at either end whose mean is compared. */
const GROWTH_PERIODS = 5;

/** What was refused over periods, oldest first. CloudWatch has no datapoint where nothing was tried: that is none. */
export function refusalsOf(periods: readonly StreamPeriod[], periodSeconds: number): Refusals {
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  const throttled = periods.map((period) =>
    known(metricOf(period, 'WriteProvisionedThroughputExceeded')),
  );
  const reads = periods.map((period) =>
    known(metricOf(period, 'ReadProvisionedThroughputExceeded')),
  );
  const accepted = periods.map((period) => known(metricOf(period, 'IncomingRecords')));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const lastWithout = throttled.lastIndexOf(0);
  const lastWith = throttled.findLastIndex((records) => records > 0);
  const fromMs = periods[0]?.startMs ?? 0;
  const lastMs = periods.at(-1)?.startMs;
  return {
    fromMs,
    toMs: lastMs === undefined ? fromMs : lastMs + periodSeconds * 1000,
    periodSeconds,
    periods: periods.length,
    acceptedRecords: sum(accepted),
    throttledRecords: sum(throttled),
    throttledPeriods: throttled.filter((records) => records > 0).length,
    throttledRun: throttled.length - 1 - lastWithout,
    lastThrottledAtMs: periods[lastWith]?.startMs ?? null,
    throttledReadCalls: sum(reads),
    throttledReadPeriods: reads.filter((calls) => calls > 0).length,
  };
}

/** Milliseconds that the iterator age grew in an hour; null where too little of it is known. */
export function lagGrowthPerHour(periods: readonly StreamPeriod[]): number | null {
  const ages = periods
    .map((period) => ({
      atMs: period.startMs,
      ageMs: metricOf(period, 'GetRecords.IteratorAgeMilliseconds'),
    }))
    .filter(({ ageMs }) => !Number.isNaN(ageMs));
  const first = meanOf(ages.slice(0, GROWTH_PERIODS));
  const last = meanOf(ages.slice(-GROWTH_PERIODS));
  if (first === null || last === null || last.atMs - first.atMs < GROWTH_SPAN_MS_MIN) return null;
  return ((last.ageMs - first.ageMs) / (last.atMs - first.atMs)) * HOUR_MS;
}

function meanOf(points: readonly { readonly atMs: number; readonly ageMs: number }[]) {
  if (points.length === 0) return null;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return { atMs: mean(points.map((p) => p.atMs)), ageMs: mean(points.map((p) => p.ageMs)) };
}
