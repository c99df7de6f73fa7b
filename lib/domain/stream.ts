import type { ShardMetric } from './shard-metric.ts';

export type StreamStatus = 'CREATING' | 'DELETING' | 'ACTIVE' | 'UPDATING';
export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

/**
 * Which stream this is: its ARN and its creation time. A stream deleted and made again under its name is
 * another one, and what was known of the old one must not leak into it.
 */
export type StreamIdentity = {
  readonly streamArn: string;
  readonly createdAtMs: number;
};

/** What DescribeStreamSummary tells of a stream. */
export type StreamSummary = StreamIdentity & {
  readonly streamName: string;
  readonly status: StreamStatus;
  readonly mode: StreamMode;
  readonly openShardCount: number;
  readonly consumerCount: number;
  readonly retentionHours: number;
  readonly encryption: 'NONE' | 'KMS';
  /** Shard-level metrics that are switched on; empty is the usual state in AWS. */
  readonly shardMetrics: readonly ShardMetric[];
};
