import type { StreamDescription } from '#server/local-aws/engine/operations/describe-stream.ts';
import type { EnhancedMonitoringOutput } from '#server/local-aws/engine/operations/enhanced-monitoring.ts';
import type { WarmThroughput } from '#server/local-aws/engine/operations/warm-throughput.ts';
import { SHARD_LEVEL_METRICS } from '#server/local-aws/metering/metric-names.ts';
import {
  maxRecordKiB,
  nextToken,
  recordDistribution,
  shardId,
  streamArn,
  streamModeDetails,
  streamName,
  streamRef,
  tagKey,
  tagValue,
  toStreamRef,
  warmMiBps,
} from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { flag, integer, list, oneOf, required, structure, text, textMap } from './shape.ts';
import { shardMember } from './shard-members.ts';
import { WireTime, type WireValue } from './wire-value.ts';

const retention = structure({ ...streamRef, RetentionPeriodHours: required(integer()) });

const monitoring = structure({
  ...streamRef,
  ShardLevelMetrics: required(
    list(required(oneOf([...SHARD_LEVEL_METRICS, 'ALL'])), { min: 1, max: 7 }),
  ),
});

const encryption = structure({
  ...streamRef,
  EncryptionType: required(oneOf(['KMS'])),
  KeyId: required(text({ min: 1, max: 2048 })),
});

/** Streams as a whole: to make, describe, set and delete them. */
export const STREAM_OPERATIONS: OperationTable = {
  CreateStream: operation(
    structure({
      StreamName: required(streamName),
      ShardCount: integer({ min: 1 }),
      StreamModeDetails: streamModeDetails,
      Tags: textMap(tagKey, tagValue, { max: 200 }),
      WarmThroughputMiBps: warmMiBps,
      MaxRecordSizeInKiB: maxRecordKiB,
      RecordDistributionStrategy: recordDistribution,
    }),
    (input, { engine, nowMs }) => {
      engine.createStream(
        {
          streamName: input.StreamName,
          mode: input.StreamModeDetails?.StreamMode,
          shardCount: input.ShardCount,
          tags: input.Tags,
          warmMiBps: input.WarmThroughputMiBps,
          maxRecordKiB: input.MaxRecordSizeInKiB,
          distribution: input.RecordDistributionStrategy,
        },
        nowMs,
      );
      return {};
    },
  ),

  DeleteStream: operation(
    structure({ ...streamRef, EnforceConsumerDeletion: flag() }),
    (input, { engine, nowMs }) => {
      engine.deleteStream(
        { ...toStreamRef(input), enforceConsumerDeletion: input.EnforceConsumerDeletion },
        nowMs,
      );
      return {};
    },
  ),

  DescribeStream: operation(
    structure({
      ...streamRef,
      Limit: integer({ min: 1, max: 10_000 }),
      ExclusiveStartShardId: shardId,
    }),
    (input, { engine, nowMs }) => {
      const stream = engine.describeStream(
        {
          ...toStreamRef(input),
          limit: input.Limit,
          exclusiveStartShardId: input.ExclusiveStartShardId,
        },
        nowMs,
      );
      return {
        StreamDescription: {
          ...descriptionMembers(stream),
          Shards: stream.shards.map(shardMember),
          HasMoreShards: stream.hasMoreShards,
        },
      };
    },
  ),

  DescribeStreamSummary: operation(structure(streamRef), (input, { engine, nowMs }) => {
    const stream = engine.describeStreamSummary(toStreamRef(input), nowMs);
    return {
      StreamDescriptionSummary: {
        ...descriptionMembers(stream),
        OpenShardCount: stream.openShardCount,
        ConsumerCount: stream.consumerCount,
        ChannelCount: stream.channelCount,
        MaxRecordSizeInKiB: stream.maxRecordKiB,
        WarmThroughput:
          stream.warmThroughput === null ? undefined : warmMembers(stream.warmThroughput),
        RecordDistributionStrategy: stream.distribution ?? undefined,
      },
    };
  }),

  ListStreams: operation(
    structure({
      Limit: integer({ min: 1, max: 10_000 }),
      ExclusiveStartStreamName: streamName,
      NextToken: nextToken,
    }),
    (input, { engine, nowMs }) => {
      const output = engine.listStreams(
        {
          limit: input.Limit,
          exclusiveStartStreamName: input.ExclusiveStartStreamName,
          nextToken: input.NextToken,
        },
        nowMs,
      );
      return {
        StreamNames: output.streams.map((stream) => stream.streamName),
        StreamSummaries: output.streams.map((stream) => ({
          StreamName: stream.streamName,
          StreamARN: stream.streamArn,
          StreamStatus: stream.status,
          StreamModeDetails: { StreamMode: stream.mode },
          StreamCreationTimestamp: new WireTime(stream.createdAtMs),
        })),
        HasMoreStreams: output.hasMoreStreams,
        NextToken: output.nextToken ?? undefined,
      };
    },
  ),

  UpdateStreamMode: operation(
    structure({
      StreamARN: required(streamArn),
      StreamModeDetails: required(streamModeDetails),
      WarmThroughputMiBps: warmMiBps,
    }),
    (input, { engine, nowMs }) => {
      engine.updateStreamMode(
        {
          streamArn: input.StreamARN,
          mode: input.StreamModeDetails.StreamMode,
          warmMiBps: input.WarmThroughputMiBps,
        },
        nowMs,
      );
      return {};
    },
  ),

  IncreaseStreamRetentionPeriod: operation(retention, (input, { engine, nowMs }) => {
    engine.increaseRetention(
      { ...toStreamRef(input), retentionHours: input.RetentionPeriodHours },
      nowMs,
    );
    return {};
  }),

  DecreaseStreamRetentionPeriod: operation(retention, (input, { engine, nowMs }) => {
    engine.decreaseRetention(
      { ...toStreamRef(input), retentionHours: input.RetentionPeriodHours },
      nowMs,
    );
    return {};
  }),

  UpdateStreamWarmThroughput: operation(
    structure({ ...streamRef, WarmThroughputMiBps: required(warmMiBps) }),
    (input, { engine, nowMs }) => {
      const output = engine.updateStreamWarmThroughput(
        { ...toStreamRef(input), warmMiBps: input.WarmThroughputMiBps },
        nowMs,
      );
      return {
        StreamName: output.streamName,
        StreamARN: output.streamArn,
        WarmThroughput: warmMembers(output.warmThroughput),
      };
    },
  ),

  UpdateStreamRecordDistributionStrategy: operation(
    structure({
      StreamARN: required(streamArn),
      RecordDistributionStrategy: required(recordDistribution),
    }),
    (input, { engine, nowMs }) => {
      engine.updateRecordDistribution(
        { streamArn: input.StreamARN, strategy: input.RecordDistributionStrategy },
        nowMs,
      );
      return {};
    },
  ),

  UpdateMaxRecordSize: operation(
    structure({ StreamARN: streamArn, MaxRecordSizeInKiB: required(maxRecordKiB) }),
    (input, { engine, nowMs }) => {
      engine.updateMaxRecordSize(
        { streamArn: input.StreamARN, maxRecordKiB: input.MaxRecordSizeInKiB },
        nowMs,
      );
      return {};
    },
  ),

  StartStreamEncryption: operation(encryption, (input, { engine, nowMs }) => {
    engine.startStreamEncryption({ ...toStreamRef(input), keyId: input.KeyId }, nowMs);
    return {};
  }),

  StopStreamEncryption: operation(encryption, (input, { engine, nowMs }) => {
    engine.stopStreamEncryption({ ...toStreamRef(input), keyId: input.KeyId }, nowMs);
    return {};
  }),

  EnableEnhancedMonitoring: operation(monitoring, (input, { engine, nowMs }) =>
    monitoringMembers(
      engine.enableEnhancedMonitoring(
        { ...toStreamRef(input), shardLevelMetrics: input.ShardLevelMetrics },
        nowMs,
      ),
    ),
  ),

  DisableEnhancedMonitoring: operation(monitoring, (input, { engine, nowMs }) =>
    monitoringMembers(
      engine.disableEnhancedMonitoring(
        { ...toStreamRef(input), shardLevelMetrics: input.ShardLevelMetrics },
        nowMs,
      ),
    ),
  ),
};

function descriptionMembers(stream: StreamDescription) {
  return {
    StreamName: stream.streamName,
    StreamARN: stream.streamArn,
    StreamStatus: stream.status,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new WireTime(stream.createdAtMs),
    EnhancedMonitoring: [{ ShardLevelMetrics: stream.shardLevelMetrics }],
    EncryptionType: stream.encryptionKeyId === null ? 'NONE' : 'KMS',
    KeyId: stream.encryptionKeyId ?? undefined,
  };
}

function warmMembers({ targetMiBps, currentMiBps }: WarmThroughput): WireValue {
  return { TargetMiBps: targetMiBps, CurrentMiBps: currentMiBps ?? undefined };
}

function monitoringMembers(output: EnhancedMonitoringOutput): WireValue {
  return {
    StreamName: output.streamName,
    StreamARN: output.streamArn,
    CurrentShardLevelMetrics: output.currentMetrics,
    DesiredShardLevelMetrics: output.desiredMetrics,
  };
}
