import { mergeCounts, type ValueCounts } from './value-counts.ts';

/** The statistics of one period. Their average is `sum / sampleCount`. */
export type Datapoint = {
  /** Epoch milliseconds, a multiple of the period. */
  readonly startMs: number;
  readonly sum: number;
  /** At least 1: a period without a sample has no datapoint. */
  readonly sampleCount: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How the samples are distributed, of metrics for which that is kept. */
  readonly valueCounts?: ValueCounts;
};

/** Merges ascending datapoints into periods of `periodMs`, which their own period divides. */
export function mergeIntoPeriods(points: Iterable<Datapoint>, periodMs: number): Datapoint[] {
  const merged: Datapoint[] = [];
  for (const point of points) {
    const startMs = Math.floor(point.startMs / periodMs) * periodMs;
    const last = merged.at(-1);
    if (last === undefined || last.startMs !== startMs) {
      merged.push({ ...point, startMs });
    } else {
      merged[merged.length - 1] = mergeDatapoints(last, point);
    }
  }
  return merged;
}

/** Both as one, in the period of the first. */
export function mergeDatapoints(a: Datapoint, b: Omit<Datapoint, 'startMs'>): Datapoint {
  const valueCounts = mergeCounts(a.valueCounts, b.valueCounts);
  return {
    startMs: a.startMs,
    sum: a.sum + b.sum,
    sampleCount: a.sampleCount + b.sampleCount,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
    ...(valueCounts !== undefined && { valueCounts }),
  };
}
