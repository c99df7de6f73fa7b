import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  MergeShardsCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateMaxRecordSizeCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import type { HashKey } from '#lib/domain/hash-key.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { ShardMetric } from '#lib/domain/shard-metric.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import type { StreamTags } from '#lib/domain/stream-settings.ts';
import type { Caller } from './call.ts';

type NewStream = {
  readonly streamName: string;
  readonly mode: StreamMode;
  /** For provisioned streams; on-demand ones have what AWS gives them. */
  readonly shardCount: number | null;
  readonly maxRecordKiB: number;
  readonly tags: StreamTags;
};

/**
 * What changes a stream. Each is one call that is sent once: where its answer is lost (AwsFailure `timed-out`,
 * `unreachable`, `service-error`), whether it was done must be found out by describing the stream.
 * All but createStream go by the ARN, so that streams of other accounts are meant exactly. All throw AwsFailure.
 */
export type StreamChanges = {
  createStream(stream: NewStream, signal: AbortSignal): Promise<void>;
  deleteStream(
    streamArn: string,
    enforceConsumerDeletion: boolean,
    signal: AbortSignal,
  ): Promise<void>;
  /** Kinesis has one operation to lengthen and one to shorten it, and refuses the wrong one. */
  changeRetention(
    streamArn: string,
    hours: { readonly now: number; readonly wanted: number },
    signal: AbortSignal,
  ): Promise<void>;
  changeMode(streamArn: string, mode: StreamMode, signal: AbortSignal): Promise<void>;
  /** Adds tags; those whose key exists get the new value. At least one. */
  addTags(streamArn: string, tags: StreamTags, signal: AbortSignal): Promise<void>;
  removeTags(streamArn: string, keys: readonly string[], signal: AbortSignal): Promise<void>;
  startEncryption(streamArn: string, keyId: string, signal: AbortSignal): Promise<void>;
  stopEncryption(streamArn: string, keyId: string, signal: AbortSignal): Promise<void>;
  changeMaxRecordSize(streamArn: string, maxRecordKiB: number, signal: AbortSignal): Promise<void>;
  /** At least one; those that are on already stay on. */
  enableShardMetrics(
    streamArn: string,
    metrics: readonly ShardMetric[],
    signal: AbortSignal,
  ): Promise<void>;
  disableShardMetrics(
    streamArn: string,
    metrics: readonly ShardMetric[],
    signal: AbortSignal,
  ): Promise<void>;
  /** For enhanced fan-out, which AWS charges for by the hour, shard and GiB. */
  registerConsumer(streamArn: string, consumerName: string, signal: AbortSignal): Promise<void>;
  /** Whoever is subscribed through it is cut off. */
  deregisterConsumer(streamArn: string, consumerName: string, signal: AbortSignal): Promise<void>;
  /** `newStart`: first hash key of the right one of the two new shards. */
  splitShard(
    streamArn: string,
    shardId: ShardId,
    newStart: HashKey,
    signal: AbortSignal,
  ): Promise<void>;
  mergeShards(
    streamArn: string,
    shards: { readonly left: ShardId; readonly right: ShardId },
    signal: AbortSignal,
  ): Promise<void>;
  /** Makes `count` equal ranges. */
  updateShardCount(streamArn: string, count: number, signal: AbortSignal): Promise<void>;
};

/** @param kinesis one that does not repeat by itself: see Clients.kinesisOnce */
export function openStreamChanges(kinesis: KinesisClient, caller: Caller): StreamChanges {
  return {
    async createStream({ streamName, mode, shardCount, maxRecordKiB, tags }, signal) {
      const command = new CreateStreamCommand({
        StreamName: streamName,
        StreamModeDetails: { StreamMode: mode },
        MaxRecordSizeInKiB: maxRecordKiB,
        ...(shardCount !== null && { ShardCount: shardCount }),
        ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
      });
      await caller.call('kinesis:CreateStream', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async deleteStream(streamArn, enforceConsumerDeletion, signal) {
      const command = new DeleteStreamCommand({
        StreamARN: streamArn,
        EnforceConsumerDeletion: enforceConsumerDeletion,
      });
      await caller.call('kinesis:DeleteStream', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async changeRetention(streamArn, { now, wanted }, signal) {
      const input = { StreamARN: streamArn, RetentionPeriodHours: wanted };
      if (wanted > now) {
        await caller.call('kinesis:IncreaseStreamRetentionPeriod', signal, (abortSignal) =>
          kinesis.send(new IncreaseStreamRetentionPeriodCommand(input), { abortSignal }),
        );
      } else {
        await caller.call('kinesis:DecreaseStreamRetentionPeriod', signal, (abortSignal) =>
          kinesis.send(new DecreaseStreamRetentionPeriodCommand(input), { abortSignal }),
        );
      }
    },

    async changeMode(streamArn, mode, signal) {
      const command = new UpdateStreamModeCommand({
        StreamARN: streamArn,
        StreamModeDetails: { StreamMode: mode },
      });
      await caller.call('kinesis:UpdateStreamMode', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async addTags(streamArn, tags, signal) {
      const command = new AddTagsToStreamCommand({ StreamARN: streamArn, Tags: { ...tags } });
      await caller.call('kinesis:AddTagsToStream', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async removeTags(streamArn, keys, signal) {
      const command = new RemoveTagsFromStreamCommand({ StreamARN: streamArn, TagKeys: [...keys] });
      await caller.call('kinesis:RemoveTagsFromStream', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async startEncryption(streamArn, keyId, signal) {
      const command = new StartStreamEncryptionCommand({
        StreamARN: streamArn,
        EncryptionType: 'KMS',
        KeyId: keyId,
      });
      await caller.call('kinesis:StartStreamEncryption', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async stopEncryption(streamArn, keyId, signal) {
      const command = new StopStreamEncryptionCommand({
        StreamARN: streamArn,
        EncryptionType: 'KMS',
        KeyId: keyId,
      });
      await caller.call('kinesis:StopStreamEncryption', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async enableShardMetrics(streamArn, metrics, signal) {
      const command = new EnableEnhancedMonitoringCommand({
        StreamARN: streamArn,
        ShardLevelMetrics: [...metrics],
      });
      await caller.call('kinesis:EnableEnhancedMonitoring', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async disableShardMetrics(streamArn, metrics, signal) {
      const command = new DisableEnhancedMonitoringCommand({
        StreamARN: streamArn,
        ShardLevelMetrics: [...metrics],
      });
      await caller.call('kinesis:DisableEnhancedMonitoring', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async splitShard(streamArn, shardId, newStart, signal) {
      const command = new SplitShardCommand({
        StreamARN: streamArn,
        ShardToSplit: shardId,
        NewStartingHashKey: newStart.toString(),
      });
      await caller.call('kinesis:SplitShard', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async mergeShards(streamArn, { left, right }, signal) {
      const command = new MergeShardsCommand({
        StreamARN: streamArn,
        ShardToMerge: left,
        AdjacentShardToMerge: right,
      });
      await caller.call('kinesis:MergeShards', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async updateShardCount(streamArn, count, signal) {
      const command = new UpdateShardCountCommand({
        StreamARN: streamArn,
        TargetShardCount: count,
        ScalingType: 'UNIFORM_SCALING',
      });
      await caller.call('kinesis:UpdateShardCount', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async registerConsumer(streamArn, consumerName, signal) {
      const command = new RegisterStreamConsumerCommand({
        StreamARN: streamArn,
        ConsumerName: consumerName,
      });
      await caller.call('kinesis:RegisterStreamConsumer', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async deregisterConsumer(streamArn, consumerName, signal) {
      const command = new DeregisterStreamConsumerCommand({
        StreamARN: streamArn,
        ConsumerName: consumerName,
      });
      await caller.call('kinesis:DeregisterStreamConsumer', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },

    async changeMaxRecordSize(streamArn, maxRecordKiB, signal) {
      const command = new UpdateMaxRecordSizeCommand({
        StreamARN: streamArn,
        MaxRecordSizeInKiB: maxRecordKiB,
      });
      await caller.call('kinesis:UpdateMaxRecordSize', signal, (abortSignal) =>
        kinesis.send(command, { abortSignal }),
      );
    },
  };
}
