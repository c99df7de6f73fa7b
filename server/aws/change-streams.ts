import {
  type $Command,
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  type KinesisClientResolvedConfig,
  MergeShardsCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateMaxRecordSizeCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
  UpdateStreamWarmThroughputCommand,
} from '@aws-sdk/client-kinesis';
import type { HashKey } from '#lib/domain/hash-key.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { ShardMetric } from '#lib/domain/shard-metric.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import type { StreamTags } from '#lib/domain/stream-settings.ts';
import type { Api } from './api-quotas.ts';
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
  /** Of an on-demand stream, MiB/s; refused unless the account has On-demand Advantage. */
  changeWarmThroughput(streamArn: string, warmMiBps: number, signal: AbortSignal): Promise<void>;
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
  async function send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    api: Api,
    command: $Command<
      Input,
      Output,
      KinesisClientResolvedConfig,
      ServiceInputTypes,
      ServiceOutputTypes
    >,
    signal: AbortSignal,
  ): Promise<void> {
    await caller.call(api, signal, (abortSignal) => kinesis.send(command, { abortSignal }));
  }
  return {
    async createStream({ streamName, mode, shardCount, maxRecordKiB, tags }, signal) {
      const command = new CreateStreamCommand({
        StreamName: streamName,
        StreamModeDetails: { StreamMode: mode },
        MaxRecordSizeInKiB: maxRecordKiB,
        ...(shardCount !== null && { ShardCount: shardCount }),
        ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
      });
      await send('kinesis:CreateStream', command, signal);
    },

    async deleteStream(streamArn, enforceConsumerDeletion, signal) {
      const command = new DeleteStreamCommand({
        StreamARN: streamArn,
        EnforceConsumerDeletion: enforceConsumerDeletion,
      });
      await send('kinesis:DeleteStream', command, signal);
    },

    async changeRetention(streamArn, { now, wanted }, signal) {
      const input = { StreamARN: streamArn, RetentionPeriodHours: wanted };
      if (wanted > now) {
        await send(
          'kinesis:IncreaseStreamRetentionPeriod',
          new IncreaseStreamRetentionPeriodCommand(input),
          signal,
        );
      } else {
        await send(
          'kinesis:DecreaseStreamRetentionPeriod',
          new DecreaseStreamRetentionPeriodCommand(input),
          signal,
        );
      }
    },

    async changeMode(streamArn, mode, signal) {
      const command = new UpdateStreamModeCommand({
        StreamARN: streamArn,
        StreamModeDetails: { StreamMode: mode },
      });
      await send('kinesis:UpdateStreamMode', command, signal);
    },

    async addTags(streamArn, tags, signal) {
      const command = new AddTagsToStreamCommand({ StreamARN: streamArn, Tags: { ...tags } });
      await send('kinesis:AddTagsToStream', command, signal);
    },

    async removeTags(streamArn, keys, signal) {
      const command = new RemoveTagsFromStreamCommand({ StreamARN: streamArn, TagKeys: [...keys] });
      await send('kinesis:RemoveTagsFromStream', command, signal);
    },

    async startEncryption(streamArn, keyId, signal) {
      const command = new StartStreamEncryptionCommand({
        StreamARN: streamArn,
        EncryptionType: 'KMS',
        KeyId: keyId,
      });
      await send('kinesis:StartStreamEncryption', command, signal);
    },

    async stopEncryption(streamArn, keyId, signal) {
      const command = new StopStreamEncryptionCommand({
        StreamARN: streamArn,
        EncryptionType: 'KMS',
        KeyId: keyId,
      });
      await send('kinesis:StopStreamEncryption', command, signal);
    },

    async enableShardMetrics(streamArn, metrics, signal) {
      const command = new EnableEnhancedMonitoringCommand({
        StreamARN: streamArn,
        ShardLevelMetrics: [...metrics],
      });
      await send('kinesis:EnableEnhancedMonitoring', command, signal);
    },

    async disableShardMetrics(streamArn, metrics, signal) {
      const command = new DisableEnhancedMonitoringCommand({
        StreamARN: streamArn,
        ShardLevelMetrics: [...metrics],
      });
      await send('kinesis:DisableEnhancedMonitoring', command, signal);
    },

    async splitShard(streamArn, shardId, newStart, signal) {
      const command = new SplitShardCommand({
        StreamARN: streamArn,
        ShardToSplit: shardId,
        NewStartingHashKey: newStart.toString(),
      });
      await send('kinesis:SplitShard', command, signal);
    },

    async mergeShards(streamArn, { left, right }, signal) {
      const command = new MergeShardsCommand({
        StreamARN: streamArn,
        ShardToMerge: left,
        AdjacentShardToMerge: right,
      });
      await send('kinesis:MergeShards', command, signal);
    },

    async updateShardCount(streamArn, count, signal) {
      const command = new UpdateShardCountCommand({
        StreamARN: streamArn,
        TargetShardCount: count,
        ScalingType: 'UNIFORM_SCALING',
      });
      await send('kinesis:UpdateShardCount', command, signal);
    },

    async registerConsumer(streamArn, consumerName, signal) {
      const command = new RegisterStreamConsumerCommand({
        StreamARN: streamArn,
        ConsumerName: consumerName,
      });
      await send('kinesis:RegisterStreamConsumer', command, signal);
    },

    async deregisterConsumer(streamArn, consumerName, signal) {
      const command = new DeregisterStreamConsumerCommand({
        StreamARN: streamArn,
        ConsumerName: consumerName,
      });
      await send('kinesis:DeregisterStreamConsumer', command, signal);
    },

    async changeMaxRecordSize(streamArn, maxRecordKiB, signal) {
      const command = new UpdateMaxRecordSizeCommand({
        StreamARN: streamArn,
        MaxRecordSizeInKiB: maxRecordKiB,
      });
      await send('kinesis:UpdateMaxRecordSize', command, signal);
    },

    async changeWarmThroughput(streamArn, warmMiBps, signal) {
      const command = new UpdateStreamWarmThroughputCommand({
        StreamARN: streamArn,
        WarmThroughputMiBps: warmMiBps,
      });
      await send('kinesis:UpdateStreamWarmThroughput', command, signal);
    },
  };
}
