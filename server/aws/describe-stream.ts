import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { Caller } from './call.ts';

/** @throws AwsFailure; `not-found` where the stream is gone */
export async function describeStream(
  kinesis: KinesisClient,
  caller: Caller,
  streamName: string,
  signal: AbortSignal,
): Promise<StreamSummary> {
  const answer = await caller.call('kinesis:DescribeStreamSummary', signal, (abortSignal) =>
    kinesis.send(new DescribeStreamSummaryCommand({ StreamName: streamName }), { abortSignal }),
  );
  return toStreamSummary(answer.StreamDescriptionSummary, streamName);
}

function toStreamSummary(
  given: StreamDescriptionSummary | undefined,
  streamName: string,
): StreamSummary {
  const { StreamARN, StreamStatus, StreamCreationTimestamp, OpenShardCount } = given ?? {};
  if (
    StreamARN === undefined ||
    StreamStatus === undefined ||
    StreamCreationTimestamp === undefined ||
    OpenShardCount === undefined
  ) {
    throw new AwsFailure(
      'service-error',
      'kinesis:DescribeStreamSummary',
      `The endpoint's description of ${streamName} lacks its ARN, status, creation time or shard count. It may not be compatible with Kinesis.`,
    );
  }
  return {
    streamName,
    streamArn: StreamARN,
    createdAtMs: StreamCreationTimestamp.getTime(),
    status: StreamStatus,
    mode: given?.StreamModeDetails?.StreamMode ?? 'PROVISIONED',
    openShardCount: OpenShardCount,
    consumerCount: given?.ConsumerCount ?? 0,
    retentionHours: given?.RetentionPeriodHours ?? 24,
    encryption: given?.EncryptionType ?? 'NONE',
    shardMetrics: shardMetricsOf(given),
  };
}

function shardMetricsOf(given: StreamDescriptionSummary | undefined): readonly ShardMetric[] {
  const on = new Set<string>(
    given?.EnhancedMonitoring?.flatMap((level) => level.ShardLevelMetrics ?? []),
  );
  return SHARD_METRICS.filter((metric) => on.has(metric) || on.has('ALL'));
}
