import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Meter } from '#server/local-aws/metering/meter.ts';
import { Account, type StreamRef } from './account.ts';
import type { ConsumerRef } from './find-consumer.ts';
import {
  describeAccountSettings,
  type UpdateAccountSettingsInput,
  updateAccountSettings,
} from './operations/account-settings.ts';
import { type CreateChannelInput, createChannel } from './operations/create-channel.ts';
import { type CreateStreamInput, createStream } from './operations/create-stream.ts';
import { type DeleteStreamInput, deleteStream } from './operations/delete-stream.ts';
import {
  type ChannelDescription,
  deleteChannel,
  describeChannel,
  type UpdateChannelInput,
  updateChannel,
} from './operations/describe-channel.ts';
import { type AccountLimits, describeLimits } from './operations/describe-limits.ts';
import {
  type DescribeStreamInput,
  type DescribeStreamOutput,
  describeStream,
  describeStreamSummary,
  type StreamDescription,
} from './operations/describe-stream.ts';
import {
  disableEnhancedMonitoring,
  type EnhancedMonitoringInput,
  type EnhancedMonitoringOutput,
  enableEnhancedMonitoring,
} from './operations/enhanced-monitoring.ts';
import {
  type GetRecordsInput,
  type GetRecordsOutput,
  getRecords,
} from './operations/get-records.ts';
import { type GetShardIteratorInput, getShardIterator } from './operations/get-shard-iterator.ts';
import {
  type ListChannelsInput,
  type ListChannelsOutput,
  listChannels,
} from './operations/list-channels.ts';
import {
  type ListShardsInput,
  type ListShardsOutput,
  listShards,
} from './operations/list-shards.ts';
import {
  type ListStreamsInput,
  type ListStreamsOutput,
  listStreams,
} from './operations/list-streams.ts';
import { type MergeShardsInput, mergeShards } from './operations/merge-shards.ts';
import { newestSequenceNumber } from './operations/newest-record.ts';
import { type PutRecordInput, type PutRecordOutput, putRecord } from './operations/put-record.ts';
import {
  type PutRecordsInput,
  type PutRecordsOutput,
  putRecords,
} from './operations/put-records.ts';
import {
  type UpdateRecordDistributionInput,
  updateRecordDistribution,
} from './operations/record-distribution.ts';
import {
  deleteResourcePolicy,
  getResourcePolicy,
  type PutResourcePolicyInput,
  putResourcePolicy,
  type ResourceInput,
} from './operations/resource-policy.ts';
import {
  decreaseRetention,
  increaseRetention,
  type RetentionInput,
} from './operations/retention.ts';
import { type SplitShardInput, splitShard } from './operations/split-shard.ts';
import {
  type ConsumerDescription,
  deregisterStreamConsumer,
  describeStreamConsumer,
  type ListConsumersInput,
  type ListConsumersOutput,
  listStreamConsumers,
  type RegisterConsumerInput,
  registerStreamConsumer,
} from './operations/stream-consumers.ts';
import {
  type StreamEncryptionInput,
  startStreamEncryption,
  stopStreamEncryption,
} from './operations/stream-encryption.ts';
import { type SubscribeToShardInput, subscribeToShard } from './operations/subscribe-to-shard.ts';
import {
  type ListTagsInput,
  type ListTagsOutput,
  listTags,
  type TagsInput,
  tagStream,
  type UntagInput,
  untagStream,
} from './operations/tags.ts';
import {
  type UpdateMaxRecordSizeInput,
  updateMaxRecordSize,
} from './operations/update-max-record-size.ts';
import {
  type UpdateShardCountInput,
  type UpdateShardCountOutput,
  updateShardCount,
} from './operations/update-shard-count.ts';
import { type UpdateStreamModeInput, updateStreamMode } from './operations/update-stream-mode.ts';
import {
  type UpdateWarmThroughputInput,
  type UpdateWarmThroughputOutput,
  updateStreamWarmThroughput,
} from './operations/warm-throughput.ts';
import { type EngineOptions, resolveOptions } from './options.ts';
import type { ShardSubscription } from './shard-subscription.ts';
import type { CommitmentDescription } from './throughput-commitment.ts';

/** What the engine holds and has had to give up, for health pages and logs. */
export type EngineStats = {
  /** Memory that segments of records reserve, against `recordBytesMax`. */
  readonly reservedBytes: number;
  /** Records, and their bytes, that the byte cap took before retention would have. */
  readonly trimmedRecords: number;
  readonly trimmedRecordBytes: number;
};

/**
 * Kinesis Data Streams of one account in one region, in memory. All calls are synchronous and take
 * effect at once or not at all; they throw `KinesisError`, as the service does.
 *
 * `nowMs` is the instant of a call, for callers who need it elsewhere too (an answer's Date header);
 * it comes from `nowMs()`. Left out, the engine asks its clock itself. `latencyMs` is how long the
 * caller waited before, for the latency metrics; a call that did not come over the wire has none, since
 * it took none of this world's time.
 */
export class Engine {
  readonly meter: Meter;
  readonly accountId: string;
  readonly region: string;
  readonly #account: Account;

  constructor(options: EngineOptions = {}) {
    const resolved = resolveOptions(options);
    this.#account = new Account(resolved);
    this.meter = this.#account.meter;
    this.accountId = resolved.accountId;
    this.region = resolved.region;
  }

  /** The engine's present: its clock's time, which never runs backwards. */
  nowMs(): number {
    return this.#account.nowMs();
  }

  stats(): EngineStats {
    const { reservedBytes, trimmedRecords, trimmedRecordBytes } = this.#account.cap;
    return { reservedBytes, trimmedRecords, trimmedRecordBytes };
  }

  createStream(input: CreateStreamInput, nowMs = this.nowMs()): void {
    createStream(this.#account, input, nowMs);
  }

  deleteStream(input: DeleteStreamInput, nowMs = this.nowMs()): void {
    deleteStream(this.#account, input, nowMs);
  }

  describeStream(input: DescribeStreamInput, nowMs = this.nowMs()): DescribeStreamOutput {
    return describeStream(this.#account, input, nowMs);
  }

  describeStreamSummary(input: StreamRef, nowMs = this.nowMs()): StreamDescription {
    return describeStreamSummary(this.#account, input, nowMs);
  }

  listStreams(input: ListStreamsInput = {}, nowMs = this.nowMs()): ListStreamsOutput {
    return listStreams(this.#account, input, nowMs);
  }

  listShards(input: ListShardsInput, nowMs = this.nowMs()): ListShardsOutput {
    return listShards(this.#account, input, nowMs);
  }

  /** For onlookers within this process: AWS has no such operation. */
  newestSequenceNumber(
    input: StreamRef & { readonly shardId: ShardId },
    nowMs = this.nowMs(),
  ): SequenceNumber | null {
    return newestSequenceNumber(this.#account, input, nowMs);
  }

  describeLimits(nowMs = this.nowMs()): AccountLimits {
    return describeLimits(this.#account, nowMs);
  }

  splitShard(input: SplitShardInput, nowMs = this.nowMs()): void {
    splitShard(this.#account, input, nowMs);
  }

  mergeShards(input: MergeShardsInput, nowMs = this.nowMs()): void {
    mergeShards(this.#account, input, nowMs);
  }

  updateShardCount(input: UpdateShardCountInput, nowMs = this.nowMs()): UpdateShardCountOutput {
    return updateShardCount(this.#account, input, nowMs);
  }

  updateStreamMode(input: UpdateStreamModeInput, nowMs = this.nowMs()): void {
    updateStreamMode(this.#account, input, nowMs);
  }

  increaseRetention(input: RetentionInput, nowMs = this.nowMs()): void {
    increaseRetention(this.#account, input, nowMs);
  }

  decreaseRetention(input: RetentionInput, nowMs = this.nowMs()): void {
    decreaseRetention(this.#account, input, nowMs);
  }

  tagStream(input: TagsInput, nowMs = this.nowMs()): void {
    tagStream(this.#account, input, nowMs);
  }

  untagStream(input: UntagInput, nowMs = this.nowMs()): void {
    untagStream(this.#account, input, nowMs);
  }

  listTags(input: ListTagsInput, nowMs = this.nowMs()): ListTagsOutput {
    return listTags(this.#account, input, nowMs);
  }

  enableEnhancedMonitoring(
    input: EnhancedMonitoringInput,
    nowMs = this.nowMs(),
  ): EnhancedMonitoringOutput {
    return enableEnhancedMonitoring(this.#account, input, nowMs);
  }

  disableEnhancedMonitoring(
    input: EnhancedMonitoringInput,
    nowMs = this.nowMs(),
  ): EnhancedMonitoringOutput {
    return disableEnhancedMonitoring(this.#account, input, nowMs);
  }

  registerStreamConsumer(input: RegisterConsumerInput, nowMs = this.nowMs()): ConsumerDescription {
    return registerStreamConsumer(this.#account, input, nowMs);
  }

  deregisterStreamConsumer(input: ConsumerRef, nowMs = this.nowMs()): void {
    deregisterStreamConsumer(this.#account, input, nowMs);
  }

  describeStreamConsumer(input: ConsumerRef, nowMs = this.nowMs()): ConsumerDescription {
    return describeStreamConsumer(this.#account, input, nowMs);
  }

  subscribeToShard(input: SubscribeToShardInput, nowMs = this.nowMs()): ShardSubscription {
    return subscribeToShard(this.#account, input, nowMs);
  }

  listStreamConsumers(input: ListConsumersInput, nowMs = this.nowMs()): ListConsumersOutput {
    return listStreamConsumers(this.#account, input, nowMs);
  }

  startStreamEncryption(input: StreamEncryptionInput, nowMs = this.nowMs()): void {
    startStreamEncryption(this.#account, input, nowMs);
  }

  stopStreamEncryption(input: StreamEncryptionInput, nowMs = this.nowMs()): void {
    stopStreamEncryption(this.#account, input, nowMs);
  }

  updateMaxRecordSize(input: UpdateMaxRecordSizeInput, nowMs = this.nowMs()): void {
    updateMaxRecordSize(this.#account, input, nowMs);
  }

  putResourcePolicy(input: PutResourcePolicyInput, nowMs = this.nowMs()): void {
    putResourcePolicy(this.#account, input, nowMs);
  }

  getResourcePolicy(input: ResourceInput, nowMs = this.nowMs()): string {
    return getResourcePolicy(this.#account, input, nowMs);
  }

  deleteResourcePolicy(input: ResourceInput, nowMs = this.nowMs()): void {
    deleteResourcePolicy(this.#account, input, nowMs);
  }

  describeAccountSettings(nowMs = this.nowMs()): CommitmentDescription {
    return describeAccountSettings(this.#account, nowMs);
  }

  updateAccountSettings(
    input: UpdateAccountSettingsInput,
    nowMs = this.nowMs(),
  ): CommitmentDescription {
    return updateAccountSettings(this.#account, input, nowMs);
  }

  updateStreamWarmThroughput(
    input: UpdateWarmThroughputInput,
    nowMs = this.nowMs(),
  ): UpdateWarmThroughputOutput {
    return updateStreamWarmThroughput(this.#account, input, nowMs);
  }

  createChannel(input: CreateChannelInput, nowMs = this.nowMs()): ChannelDescription {
    return createChannel(this.#account, input, nowMs);
  }

  describeChannel(channelArn: string, nowMs = this.nowMs()): ChannelDescription {
    return describeChannel(this.#account, channelArn, nowMs);
  }

  listChannels(input: ListChannelsInput = {}, nowMs = this.nowMs()): ListChannelsOutput {
    return listChannels(this.#account, input, nowMs);
  }

  updateChannel(input: UpdateChannelInput, nowMs = this.nowMs()): ChannelDescription {
    return updateChannel(this.#account, input, nowMs);
  }

  deleteChannel(channelArn: string, nowMs = this.nowMs()): void {
    deleteChannel(this.#account, channelArn, nowMs);
  }

  updateRecordDistribution(input: UpdateRecordDistributionInput, nowMs = this.nowMs()): void {
    updateRecordDistribution(this.#account, input, nowMs);
  }

  putRecord(
    input: PutRecordInput,
    nowMs = this.nowMs(),
    latencyMs: number | null = null,
  ): PutRecordOutput {
    return putRecord(this.#account, input, nowMs, latencyMs);
  }

  putRecords(
    input: PutRecordsInput,
    nowMs = this.nowMs(),
    latencyMs: number | null = null,
  ): PutRecordsOutput {
    return putRecords(this.#account, input, nowMs, latencyMs);
  }

  getShardIterator(input: GetShardIteratorInput, nowMs = this.nowMs()): string {
    return getShardIterator(this.#account, input, nowMs);
  }

  getRecords(
    input: GetRecordsInput,
    nowMs = this.nowMs(),
    latencyMs: number | null = null,
  ): GetRecordsOutput {
    return getRecords(this.#account, input, nowMs, latencyMs);
  }
}

/** Opens an empty account. */
export function openEngine(options: EngineOptions = {}): Engine {
  return new Engine(options);
}
