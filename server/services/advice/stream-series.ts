import { combineStreamValues } from '#lib/domain/roll-up.ts';
import { STREAM_METRICS, type StreamMetric } from '#lib/domain/shard-metric.ts';

/** A stream's own values of one period. */
export type StreamPeriod = { readonly startMs: number; readonly values: Float32Array };

/** A frame's own values: there are several of a period in which the topology changed. */
export type StreamPart = { readonly periodStartMs: number; readonly values: Float32Array };

/** One entry a period, oldest first, from frames in that order. */
export function streamPeriods(parts: readonly StreamPart[]): readonly StreamPeriod[] {
  const periods: StreamPeriod[] = [];
  for (const { periodStartMs, values } of parts) {
    const last = periods.at(-1);
    if (last?.startMs !== periodStartMs) {
      periods.push({ startMs: periodStartMs, values });
      continue;
    }
    periods[periods.length - 1] = {
      startMs: periodStartMs,
      values: combineStreamValues([last.values, values]),
    };
  }
  return periods;
}

/** NaN where there is no datapoint, and where the frame was written before the metric was collected. */
export function metricOf({ values }: StreamPeriod, metric: StreamMetric): number {
  return values[STREAM_METRICS.indexOf(metric)] ?? Number.NaN;
}
