import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { RECORD_BYTES_MAX_DEFAULT } from '#lib/domain/limits.ts';
import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import type { Caller } from './call.ts';
import { askStreamSummary, type StreamRef } from './describe-stream.ts';

/** @throws AwsFailure; `not-found` where the stream is gone */
export async function describeSettings(
  kinesis: KinesisClient,
  caller: Caller,
  stream: StreamRef,
  signal: AbortSignal,
): Promise<StreamSettings> {
  const { summary, given } = await askStreamSummary(kinesis, caller, stream, signal);
  const { streamArn, createdAtMs, streamName, status, mode } = summary;
  const warm = given.WarmThroughput;
  return {
    streamArn,
    createdAtMs,
    streamName,
    status,
    mode,
    openShardCount: summary.openShardCount,
    consumerCount: summary.consumerCount,
    retentionHours: summary.retentionHours,
    keyId: summary.encryption === 'KMS' ? (given.KeyId ?? 'unknown key') : null,
    spreadsByItself: given.RecordDistributionStrategy === 'AUTO',
    maxRecordKiB: given.MaxRecordSizeInKiB ?? RECORD_BYTES_MAX_DEFAULT / 1_024,
    warmThroughput:
      warm === undefined
        ? null
        : { targetMiBps: warm.TargetMiBps ?? null, currentMiBps: warm.CurrentMiBps ?? null },
  };
}
