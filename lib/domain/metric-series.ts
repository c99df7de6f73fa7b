import type { ShardMetric, StreamMetric } from './shard-metric.ts';

/** One line of CloudWatch: a metric of a stream, or of one of its shards. */
export type MetricSeries = {
  readonly streamName: string;
  /** Whose account the metric lies in; left out: the connection's own. */
  readonly accountId?: string;
} & (
  | { readonly shardId: null; readonly metric: StreamMetric }
  | { readonly shardId: string; readonly metric: ShardMetric }
);

/** Whole periods from `startMs` (inclusive) to `endMs` (exclusive), both multiples of the period. */
export type MetricWindow = {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodSeconds: number;
};

export function periodCount(window: MetricWindow): number {
  return (window.endMs - window.startMs) / (window.periodSeconds * 1000);
}
