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

/** The stream-level metrics that are collected, in the order of their places in a frame. */
export const STREAM_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'WriteProvisionedThroughputExceeded',
  'GetRecords.Bytes',
  'GetRecords.Records',
  'ReadProvisionedThroughputExceeded',
  'GetRecords.IteratorAgeMilliseconds',
] as const;

export type StreamMetric = (typeof STREAM_METRICS)[number];

export type Statistic = 'Sum' | 'Maximum';

/** The statistic to ask CloudWatch for, and the way to combine periods and shards. */
export function statisticOf(metric: ShardMetric | StreamMetric): Statistic {
  return metric.endsWith('IteratorAgeMilliseconds') ? 'Maximum' : 'Sum';
}
