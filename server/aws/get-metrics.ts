import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MetricSeries, MetricWindow } from '#lib/domain/metric-series.ts';
import { metricNameOf, statisticOf } from '#lib/domain/shard-metric.ts';
import type { Caller } from './call.ts';
import { type MetricQuery, metricColumns } from './metric-columns.ts';
import type { RateBudget } from './rate-budget.ts';

/** Hears which series CloudWatch is about to be asked for; the request waits for it. */
export type MetricsAsked = (series: readonly MetricSeries[]) => void | Promise<void>;

/**
 * One column for each of `series`, in its order: the value of each period of `window` by the metric's
 * statistic; NaN where CloudWatch has no datapoint.
 * @param onAsked told of the series of each request just before it is sent, repeated ones and further pages included:
 * each is charged. Where it throws, the request is not sent.
 * @throws AwsFailure when any part could not be read: a hole must never look like silence
 */
export function getMetrics(
  cloudwatch: CloudWatchClient,
  caller: Caller,
  datapoints: RateBudget,
  series: readonly MetricSeries[],
  window: MetricWindow,
  signal: AbortSignal,
  onAsked: MetricsAsked = () => undefined,
): Promise<readonly Float32Array[]> {
  return metricColumns(
    cloudwatch,
    caller,
    datapoints,
    series.map(toQuery),
    window,
    signal,
    (from, to) => onAsked(series.slice(from, to)),
  );
}

function toQuery(series: MetricSeries): MetricQuery {
  return {
    namespace: 'AWS/Kinesis',
    metricName: metricNameOf(series.metric),
    dimensions: [
      ['StreamName', series.streamName],
      ...(series.shardId === null ? [] : ([['ShardId', series.shardId]] as const)),
    ],
    statistic: statisticOf(series.metric),
    ...(series.accountId !== undefined && { accountId: series.accountId }),
  };
}
