import type { StreamIdentity, StreamMode, StreamStatus } from './stream.ts';

/** MiB/s that an on-demand stream is kept ready to take. */
type WarmThroughput = {
  readonly targetMiBps: number | null;
  readonly currentMiBps: number | null;
};

/** What of a stream can be set, as DescribeStreamSummary tells it. */
export type StreamSettings = StreamIdentity & {
  readonly streamName: string;
  readonly status: StreamStatus;
  readonly mode: StreamMode;
  readonly openShardCount: number;
  /** Of enhanced fan-out, registered. */
  readonly consumerCount: number;
  readonly retentionHours: number;
  /** The KMS key by which records are encrypted, as it was given; null: none. */
  readonly keyId: string | null;
  /** Records go to shards of AWS's choice (RecordDistributionStrategy AUTO), not by their partition keys. */
  readonly spreadsByItself: boolean;
  readonly maxRecordKiB: number;
  /** null where the stream has none: provisioned, or the account has not committed to throughput. */
  readonly warmThroughput: WarmThroughput | null;
};

export type StreamConsumer = {
  readonly consumerName: string;
  readonly consumerArn: string;
  readonly status: 'CREATING' | 'DELETING' | 'ACTIVE';
  readonly createdAtMs: number;
};

/** Tags of a stream: value by key; a value may be empty. */
export type StreamTags = Readonly<Record<string, string>>;

/** What the account may have in its region, and has. null: the endpoint does not tell. Source: DescribeLimits. */
export type AccountLimits = {
  readonly shardLimit: number | null;
  readonly openShardCount: number | null;
  readonly onDemandStreamLimit: number | null;
  readonly onDemandStreamCount: number | null;
};
