/**
 * Limits of Kinesis Data Streams. Source where nothing else is said: the developer guide, "Quotas and
 * limits" (docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html). That page prints "MB";
 * AWS's own tools count 1,048,576 bytes, and so do we.
 */
export const MEBIBYTE = 1_048_576;

/** What one open shard takes and gives. Partition-key bytes count as written and read. */
export const SHARD_LIMITS = {
  writeBytesPerSecondMax: MEBIBYTE,
  writeRecordsPerSecondMax: 1_000,
  readBytesPerSecondMax: 2 * MEBIBYTE,
  readCallsPerSecondMax: 5,
} as const;

export const PUT_RECORDS_COUNT_MAX = 500;
export const PUT_RECORDS_BYTES_MAX = 10 * MEBIBYTE;
export const GET_RECORDS_COUNT_MAX = 10_000;
export const GET_RECORDS_BYTES_MAX = 10 * MEBIBYTE;

export const RECORD_BYTES_MAX_DEFAULT = 1_024 * 1_024;
export const PARTITION_KEY_LENGTH_MAX = 256;

export const RETENTION_HOURS_MIN = 24;
export const RETENTION_HOURS_MAX = 8_760;

/** A shard iterator lives five minutes. */
export const ITERATOR_LIFE_MS = 300_000;

/** UpdateShardCount: calls a stream in any 24 hours, and the open shards that one stream may have. */
export const UPDATE_SHARD_COUNT_PER_DAY_MAX = 10;
export const STREAM_SHARDS_MAX = 10_000;
