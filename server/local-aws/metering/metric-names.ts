/**
 * CloudWatch metrics of AWS/Kinesis that the engine can measure, in the groups that one call touches.
 * Source: the developer guide, "Monitor Kinesis Data Streams with CloudWatch".
 */

/** A put, one sample for each record that was tried. The same names at stream and at shard level. */
export const WRITE_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'WriteProvisionedThroughputExceeded',
] as const;

/** GetRecords at shard level, one sample a call. */
export const SHARD_READ_METRICS = [
  'OutgoingBytes',
  'OutgoingRecords',
  'IteratorAgeMilliseconds',
  'ReadProvisionedThroughputExceeded',
] as const;

/** GetRecords at stream level, one sample a call. */
export const STREAM_READ_METRICS = [
  'GetRecords.Bytes',
  'GetRecords.Records',
  'GetRecords.IteratorAgeMilliseconds',
  'ReadProvisionedThroughputExceeded',
  'GetRecords.Latency',
  'GetRecords.Success',
] as const;

export const PUT_RECORD_METRICS = [
  'PutRecord.Bytes',
  'PutRecord.Latency',
  'PutRecord.Success',
] as const;

export const PUT_RECORDS_METRICS = [
  'PutRecords.Bytes',
  'PutRecords.Latency',
  'PutRecords.Success',
  'PutRecords.TotalRecords',
  'PutRecords.SuccessfulRecords',
  'PutRecords.FailedRecords',
  'PutRecords.ThrottledRecords',
] as const;

/** Calls of SubscribeToShard, by consumer. */
export const SUBSCRIBE_METRICS = [
  'SubscribeToShard.RateExceeded',
  'SubscribeToShard.Success',
] as const;

/** Events of subscriptions, by consumer. */
export const SUBSCRIPTION_EVENT_METRICS = [
  'SubscribeToShardEvent.Bytes',
  'SubscribeToShardEvent.Records',
  'SubscribeToShardEvent.MillisBehindLatest',
  'SubscribeToShardEvent.Success',
] as const;

/** What EnableEnhancedMonitoring can switch on, `ALL` aside; the order in which AWS lists them. */
export const SHARD_LEVEL_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
] as const;

export type ShardLevelMetric = (typeof SHARD_LEVEL_METRICS)[number];

/**
 * Metrics whose distribution is kept, for percentiles. At shard level none is: it would take most of the
 * memory that a large world has for its datapoints.
 */
export const VALUE_METRICS: ReadonlySet<string> = new Set([
  'GetRecords.IteratorAgeMilliseconds',
  'GetRecords.Latency',
  'PutRecord.Latency',
  'PutRecords.Latency',
  'SubscribeToShardEvent.MillisBehindLatest',
]);
