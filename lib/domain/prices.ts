/**
 * AWS's list prices in us-east-1, US dollars, without free tiers and discounts; other regions differ by some percent.
 * Source: aws.amazon.com/cloudwatch/pricing and aws.amazon.com/kinesis/data-streams/pricing, as reference/kinesis.md
 * section 2 and 4 have them.
 */
export const PRICE_REGION = 'us-east-1';

/** GetMetricData: charged by the metric asked for, however many datapoints it answers with. */
export const DOLLARS_PER_METRIC_REQUESTED = 0.01 / 1_000;

/**
 * A custom metric for a month; each shard-level metric of each shard is one. Tiers count all custom metrics of the
 * account in the region together.
 */
export const CUSTOM_METRIC_TIERS = [
  { metricsMax: 10_000, dollarsPerMonth: 0.3 },
  { metricsMax: Number.POSITIVE_INFINITY, dollarsPerMonth: 0.1 },
] as const;

/** A provisioned shard, open for an hour. */
export const DOLLARS_PER_SHARD_HOUR = 0.015;

/** Each shard-hour of a stream that keeps data for more than 24 h, on top. */
export const DOLLARS_PER_EXTENDED_SHARD_HOUR = 0.02;

/** Data kept for more than 7 days. */
export const DOLLARS_PER_LONG_RETENTION_GB_MONTH = 0.023;

/** An on-demand stream, for an hour; its data is charged by the GB. */
export const DOLLARS_PER_ON_DEMAND_STREAM_HOUR = 0.04;

/** By which AWS turns hours into months. */
export const HOURS_PER_MONTH = 730;

/** 25 KB of a record put into a provisioned stream, begun ones counted. */
export const DOLLARS_PER_PAYLOAD_UNIT = 0.014 / 1_000_000;

/** Data put into an on-demand stream; each record counts as whole KB. */
export const DOLLARS_PER_ON_DEMAND_GB_WRITTEN = 0.08;

/** Requests to S3 for objects in STANDARD (aws.amazon.com/s3/pricing); other classes cost more, and some by the GB. */
export const DOLLARS_PER_S3_GET = 0.0004 / 1_000;
export const DOLLARS_PER_S3_LIST = 0.005 / 1_000;
