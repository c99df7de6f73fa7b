/** The statistics of one period. Their average is `sum / sampleCount`. */
export type Datapoint = {
  /** Epoch milliseconds, a multiple of the period. */
  readonly startMs: number;
  readonly sum: number;
  /** At least 1: a period without a sample has no datapoint. */
  readonly sampleCount: number;
  readonly minimum: number;
  readonly maximum: number;
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
      merged[merged.length - 1] = {
        startMs,
        sum: last.sum + point.sum,
        sampleCount: last.sampleCount + point.sampleCount,
        minimum: Math.min(last.minimum, point.minimum),
        maximum: Math.max(last.maximum, point.maximum),
      };
    }
  }
  return merged;
}
