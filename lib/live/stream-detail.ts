import type { StreamRow } from './stream-row.ts';

/** A shard on the wire: bigints as decimal text, exactly as Kinesis writes them. */
export type ShardRow = {
  readonly shardId: string;
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  readonly parentShardId: string | null;
  readonly adjacentParentShardId: string | null;
  readonly startingSequenceNumber: string;
  /** null while the shard is open. */
  readonly endingSequenceNumber: string | null;
};

export type TopologyView = {
  readonly topologyId: number;
  readonly observedAtMs: number;
  /** Open shards in range order: place i here is column i of each frame of this topology. */
  readonly open: readonly ShardRow[];
  /** Closed shards that ListShards still reports. */
  readonly closed: readonly ShardRow[];
};

/** A frame on the wire: values as base64 of little-endian float32 (see lib/domain/frame.ts). */
export type FrameView = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly periodStartMs: number;
  readonly periodSeconds: number;
  readonly collectedAtMs: number;
  readonly streamValues: string;
  readonly shardValues: string;
};

export type StreamDetail = {
  readonly row: StreamRow;
  /** null until ListShards has answered once. */
  readonly topology: TopologyView | null;
  /** The newest settled period; null where there is none. */
  readonly frame: FrameView | null;
};

/**
 * Lines for charts, at most 1,000 points and 8 shards. All arrays of one answer have the length of
 * `periodStartMs`; null is a gap: nothing was read or CloudWatch had no datapoint.
 */
export type StreamHistory = {
  readonly streamId: number;
  readonly periodSeconds: number;
  readonly periodStartMs: readonly number[];
  readonly incomingBytesPerSecond: readonly (number | null)[];
  readonly incomingRecordsPerSecond: readonly (number | null)[];
  readonly outgoingBytesPerSecond: readonly (number | null)[];
  readonly outgoingRecordsPerSecond: readonly (number | null)[];
  readonly writeThrottledRecords: readonly (number | null)[];
  readonly readThrottledCalls: readonly (number | null)[];
  /** Open shards at each period: the stream's limit is this times the shard's. */
  readonly openShardCount: readonly (number | null)[];
  /** The open shards that used their tightest limit most in the window, worst first. */
  readonly hottest: readonly ShardHistory[];
};

export type ShardHistory = {
  readonly shardId: string;
  readonly incomingBytesPerSecond: readonly (number | null)[];
  readonly incomingRecordsPerSecond: readonly (number | null)[];
  readonly writeThrottledRecords: readonly (number | null)[];
};
