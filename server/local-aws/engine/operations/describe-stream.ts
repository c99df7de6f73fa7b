import type { Shard, ShardId } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type {
  EngineStream,
  RecordDistribution,
  StreamMode,
  StreamStatus,
} from '#server/local-aws/engine/engine-stream.ts';
import type { ShardLevelMetric } from '#server/local-aws/metering/metric-names.ts';
import { retainedShards, shardsAfter } from './list-shards.ts';
import type { WarmThroughput } from './warm-throughput.ts';

export type StreamDescription = {
  readonly streamName: string;
  readonly streamArn: string;
  readonly status: StreamStatus;
  readonly mode: StreamMode;
  readonly retentionHours: number;
  readonly createdAtMs: number;
  readonly shardLevelMetrics: readonly ShardLevelMetric[];
  readonly openShardCount: number;
  /** Of enhanced fan-out, in any status. */
  readonly consumerCount: number;
  /** Deliveries of it, in any status. */
  readonly channelCount: number;
  readonly maxRecordKiB: number;
  /** null while nothing is encrypted. */
  readonly encryptionKeyId: string | null;
  readonly warmThroughput: WarmThroughput | null;
  /** null for a provisioned stream, which has none. */
  readonly distribution: RecordDistribution | null;
};

export type DescribeStreamInput = StreamRef & {
  readonly limit?: number | undefined;
  readonly exclusiveStartShardId?: ShardId | undefined;
};

export type DescribeStreamOutput = StreamDescription & {
  /** A page; none while the stream is CREATING. */
  readonly shards: readonly Shard[];
  readonly hasMoreShards: boolean;
};

const PAGE_SHARDS_DEFAULT = 100;

export function describeStreamSummary(
  account: Account,
  input: StreamRef,
  nowMs: number,
): StreamDescription {
  return describe(account, account.stream(input, nowMs), nowMs);
}

export function describeStream(
  account: Account,
  input: DescribeStreamInput,
  nowMs: number,
): DescribeStreamOutput {
  const stream = account.stream(input, nowMs);
  const limit = input.limit ?? PAGE_SHARDS_DEFAULT;
  const rest = shardsAfter(retainedShards(stream, nowMs), input.exclusiveStartShardId ?? null);
  return {
    ...describe(account, stream, nowMs),
    shards: rest.slice(0, limit).map((shard) => shard.describe()),
    hasMoreShards: rest.length > limit,
  };
}

export function describe(account: Account, stream: EngineStream, nowMs: number): StreamDescription {
  return {
    streamName: stream.name,
    streamArn: stream.arn,
    status: stream.status,
    mode: stream.mode,
    retentionHours: stream.retentionHours,
    createdAtMs: stream.createdAtMs,
    shardLevelMetrics: stream.shardLevelMetrics,
    openShardCount: stream.openShards.length,
    consumerCount: stream.consumers.list(nowMs).length,
    channelCount: account.channels.ofStream(stream.arn, stream.createdAtMs, nowMs).length,
    maxRecordKiB: stream.maxRecordKiB,
    encryptionKeyId: stream.encryption.keyId,
    warmThroughput: stream.warmThroughput,
    distribution: stream.mode === 'ON_DEMAND' ? stream.distribution : null,
  };
}
