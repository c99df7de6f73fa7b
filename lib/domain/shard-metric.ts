/**
 * The shard-level metrics that Kinesis sends to CloudWatch after EnableEnhancedMonitoring, in the order
 * of their columns in a frame. Names as CloudWatch has them (namespace AWS/Kinesis, dimensions StreamName
 * and ShardId). Values in a frame are sums over the period, but for iterator age, which is the maximum.
 */
export const SHARD_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'WriteProvisionedThroughputExceeded',
  'OutgoingBytes',
  'OutgoingRecords',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
] as const;

export type ShardMetric = (typeof SHARD_METRICS)[number];

/**
 * The figures of a whole stream that are collected, in the order of their places in a frame. New ones are added at
 * the end: a frame that was written before is shorter, and what it lacks reads as NaN.
 *
 * A name is CloudWatch's, and where two statistics of a metric are kept, the statistic behind a colon. An average is
 * kept as its sum and its number of samples: these add up over periods, averages do not.
 */
export const STREAM_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'WriteProvisionedThroughputExceeded',
  'GetRecords.Bytes',
  'GetRecords.Records',
  'ReadProvisionedThroughputExceeded',
  'GetRecords.IteratorAgeMilliseconds',
  'PutRecords.TotalRecords',
  'PutRecords.SuccessfulRecords',
  'PutRecord.Success:Sum',
  'PutRecord.Success:SampleCount',
  'GetRecords.Success:Sum',
  'GetRecords.Success:SampleCount',
  'PutRecords.Latency:Sum',
  'PutRecords.Latency:SampleCount',
  'PutRecord.Latency:Sum',
  'PutRecord.Latency:SampleCount',
  'GetRecords.Latency:Sum',
  'GetRecords.Latency:SampleCount',
] as const;

export type StreamMetric = (typeof STREAM_METRICS)[number];

export type Statistic = 'Sum' | 'Maximum' | 'SampleCount';

/** The statistic to ask CloudWatch for, and the way to combine periods and shards. */
export function statisticOf(metric: ShardMetric | StreamMetric): Statistic {
  if (metric.endsWith(':SampleCount')) return 'SampleCount';
  return metric.endsWith('IteratorAgeMilliseconds') ? 'Maximum' : 'Sum';
}

/** The name that CloudWatch has for it. @example metricNameOf('PutRecords.Latency:Sum') // 'PutRecords.Latency' */
export function metricNameOf(metric: ShardMetric | StreamMetric): string {
  return metric.split(':', 1)[0] ?? metric;
}

/** Figures of a stream that a connection may go without: CloudWatch is paid by the metric asked for. */
export const STREAM_METRIC_GROUPS = ['success', 'latency'] as const;

export type StreamMetricGroup = (typeof STREAM_METRIC_GROUPS)[number];

/** What is read of a stream by a connection that wants `groups`, in the order of STREAM_METRICS. */
export function streamMetricsOf(groups: readonly StreamMetricGroup[]): readonly StreamMetric[] {
  return STREAM_METRICS.filter((metric) => {
    const group = groupOf(metric);
    return group === null || groups.includes(group);
  });
}

function groupOf(metric: StreamMetric): StreamMetricGroup | null {
  if (metric.includes('.Latency')) return 'latency';
  return /\.(?:Success|TotalRecords)/.test(metric) ? 'success' : null;
}
