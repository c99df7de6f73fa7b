import type { Peak, Peaks } from '#lib/domain/advice/facts.ts';
import type { StreamMetric } from '#lib/domain/shard-metric.ts';
import { metricOf, type StreamPeriod } from './stream-series.ts';

/** Periods of one length. */
export type PeriodsOfTier = {
  readonly periodSeconds: number;
  readonly periods: readonly StreamPeriod[];
};

/**
 * The highest means over all that was recorded, of whatever length the periods are that were kept of it: of two that
 * are equal the younger. null where there is nothing.
 */
export function peaksOf(tiers: readonly PeriodsOfTier[]): Peaks | null {
  const spans = tiers.flatMap(({ periodSeconds, periods }) =>
    periods.map(({ startMs }) => ({ startMs, endMs: startMs + periodSeconds * 1000 })),
  );
  if (spans.length === 0) return null;
  return {
    sinceMs: spans.reduce((min, { startMs }) => Math.min(min, startMs), Number.POSITIVE_INFINITY),
    untilMs: spans.reduce((max, { endMs }) => Math.max(max, endMs), 0),
    writeBytes: highest(tiers, 'IncomingBytes'),
    writeRecords: highest(tiers, 'IncomingRecords'),
    readBytes: highest(tiers, 'GetRecords.Bytes'),
  };
}

function highest(tiers: readonly PeriodsOfTier[], metric: StreamMetric): Peak | null {
  const peaks = tiers.flatMap(({ periodSeconds, periods }) =>
    periods.map((period) => ({
      perSecond: metricOf(period, metric) / periodSeconds,
      startMs: period.startMs,
      periodSeconds,
    })),
  );
  return peaks
    .filter(({ perSecond }) => !Number.isNaN(perSecond))
    .reduce<Peak | null>((peak, one) => (peak === null || isBefore(one, peak) ? one : peak), null);
}

function isBefore(a: Peak, b: Peak): boolean {
  return a.perSecond > b.perSecond || (a.perSecond === b.perSecond && a.startMs > b.startMs);
}
