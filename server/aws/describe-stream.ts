import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { Caller } from './call.ts';

/** A stream of the connection's own account by its name, or any by its ARN. */
export type StreamRef = string | { readonly streamArn: string };

/** @throws AwsFailure; `not-found` where the stream is gone */
export async function describeStream(
  kinesis: KinesisClient,
  caller: Caller,
  stream: StreamRef,
  signal: AbortSignal,
): Promise<StreamSummary> {
  return (await askStreamSummary(kinesis, caller, stream, signal)).summary;
}

/** What DescribeStreamSummary tells, as we keep it and as it was given. @throws AwsFailure */
export async function askStreamSummary(
  kinesis: KinesisClient,
  caller: Caller,
  stream: StreamRef,
  signal: AbortSignal,
): Promise<{ readonly summary: StreamSummary; readonly given: StreamDescriptionSummary }> {
  const { StreamDescriptionSummary: given } = await caller.call(
    'kinesis:DescribeStreamSummary',
    signal,
    (abortSignal) =>
      kinesis.send(new DescribeStreamSummaryCommand(streamMember(stream)), { abortSignal }),
  );
  const called = typeof stream === 'string' ? stream : stream.streamArn;
  return toStreamSummary(given, called);
}

/** How a request names a stream. */
export function streamMember(
  stream: StreamRef,
): { readonly StreamName: string } | { readonly StreamARN: string } {
  return typeof stream === 'string' ? { StreamName: stream } : { StreamARN: stream.streamArn };
}

function toStreamSummary(
  given: StreamDescriptionSummary | undefined,
  called: string,
): { readonly summary: StreamSummary; readonly given: StreamDescriptionSummary } {
  const { StreamName, StreamARN, StreamStatus, StreamCreationTimestamp, OpenShardCount } =
    given ?? {};
  if (
    given === undefined ||
    StreamName === undefined ||
    StreamARN === undefined ||
    StreamStatus === undefined ||
    StreamCreationTimestamp === undefined ||
    OpenShardCount === undefined
  ) {
    throw new AwsFailure(
      'service-error',
      'kinesis:DescribeStreamSummary',
      `The endpoint's description of ${called} lacks its name, ARN, status, creation time or shard count. It may not be compatible with Kinesis.`,
    );
  }
  const summary: StreamSummary = {
    streamName: StreamName,
    streamArn: StreamARN,
    createdAtMs: StreamCreationTimestamp.getTime(),
    status: StreamStatus,
    mode: given.StreamModeDetails?.StreamMode ?? 'PROVISIONED',
    openShardCount: OpenShardCount,
    consumerCount: given.ConsumerCount ?? 0,
    retentionHours: given.RetentionPeriodHours ?? 24,
    encryption: given.EncryptionType ?? 'NONE',
    shardMetrics: shardMetricsOf(given),
  };
  return { summary, given };
}

function shardMetricsOf(given: StreamDescriptionSummary): readonly ShardMetric[] {
  const on = new Set<string>(
    given.EnhancedMonitoring?.flatMap((level) => level.ShardLevelMetrics ?? []),
  );
  return SHARD_METRICS.filter((metric) => on.has(metric) || on.has('ALL'));
}
