import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { MetricSeries, MetricWindow } from '#lib/domain/metric-series.ts';
import type { ArchiveDelivery } from '#lib/domain/replay/plan/archive-delivery.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { ListedStream } from '#lib/domain/stream-listing.ts';
import type {
  AccountLimits,
  StreamConsumer,
  StreamSettings,
  StreamTags,
} from '#lib/domain/stream-settings.ts';
import type { Connection } from '#server/config/config.ts';
import { type Api, METRIC_DATAPOINTS_PER_SECOND_MAX } from './api-quotas.ts';
import { describeArchiveDeliveries } from './archive-deliveries.ts';
import { type ArchiveStore, openArchiveStore } from './archive-store.ts';
import { openCaller } from './call.ts';
import { openStreamChanges, type StreamChanges } from './change-streams.ts';
import { openClients } from './clients.ts';
import { type ConsumerReads, noEndpoint, openConsumerReads } from './consumer-reads.ts';
import { describeSettings } from './describe-settings.ts';
import { describeStream, type StreamRef } from './describe-stream.ts';
import { getMetrics, type MetricsAsked } from './get-metrics.ts';
import { type LeaseTable, openLeaseTable } from './lease-table.ts';
import { listShards } from './list-shards.ts';
import { listStreams } from './list-streams.ts';
import { type PlaceBefore, type PlacedShard, placeBefore } from './place-before.ts';
import { openRecordWrites, type RecordWrites } from './put-records.ts';
import { rateBudget } from './rate-budget.ts';
import { describeLimits, listConsumers, listTags } from './read-stream-extras.ts';
import { type KeyedRecord, type ReadWindow, sampleShard } from './sample-shard.ts';
import { type StreamsByArn, streamsByArn } from './streams-by-arn.ts';

/**
 * What we ask of AWS on one connection. Each call waits for its API's budget, has a deadline, and throws
 * AwsFailure, or the signal's reason when it is aborted.
 */
export type Aws = {
  listStreams(signal: AbortSignal): Promise<readonly ListedStream[]>;
  describeStream(stream: StreamRef, signal: AbortSignal): Promise<StreamSummary>;
  /** What can be set of a stream, and how it is set. */
  describeSettings(stream: StreamRef, signal: AbortSignal): Promise<StreamSettings>;
  listTags(streamArn: string, signal: AbortSignal): Promise<StreamTags>;
  listConsumers(streamArn: string, signal: AbortSignal): Promise<readonly StreamConsumer[]>;
  /** Quotas of the account in the region. AWS allows one call a second. */
  describeLimits(signal: AbortSignal): Promise<AccountLimits>;
  readonly changes: StreamChanges;
  readonly records: RecordWrites;
  readonly consumers: ConsumerReads;
  readonly leases: LeaseTable;
  readonly archives: ArchiveStore;
  /** What a delivery stream of Firehose writes to S3. */
  describeArchiveDeliveries(name: string, signal: AbortSignal): Promise<readonly ArchiveDelivery[]>;
  /** See place-before.ts: it reads records. */
  placeBefore(shard: PlacedShard, atMs: number, signal: AbortSignal): Promise<PlaceBefore>;
  listShards(streamName: string, signal: AbortSignal): Promise<readonly Shard[]>;
  /** Reads what arrived in a shard from an instant on, within SAMPLE_BUDGET: see sample-shard.ts for what it disturbs. */
  sampleShard(
    shard: { readonly streamArn: string; readonly shardId: string; readonly fromMs: number },
    onRecord: (record: KeyedRecord) => void,
    signal: AbortSignal,
  ): Promise<ReadWindow>;
  /** One column for each series, one value for each period; NaN: no datapoint. `onAsked` hears what is charged. */
  getMetrics(
    series: readonly MetricSeries[],
    window: MetricWindow,
    signal: AbortSignal,
    onAsked?: MetricsAsked,
  ): Promise<readonly Float32Array[]>;
  /** How far AWS's clock is ahead of ours, milliseconds. */
  clockSkewMs(): number;
  /** Calls begun since the start, by API. */
  callCounts(): Readonly<Record<Api, number>>;
  close(): void;
};

/**
 * @param options.repeats whether the caller comes again by itself after a failure, as a collector does: by it
 * the words of failures say what happens next
 */
export function openAws(connection: Connection, options = { repeats: true }): Aws {
  const clients = openClients(connection);
  const caller = openCaller(connection, options.repeats);
  const datapoints = rateBudget(METRIC_DATAPOINTS_PER_SECOND_MAX * connection.quotaShare);
  const byArn =
    connection.streamArns.length === 0
      ? null
      : streamsByArn(clients.kinesis, caller, connection.streamArns);
  const refOf = (stream: StreamRef) =>
    typeof stream === 'string' && byArn !== null ? byArn.refOf(stream) : stream;
  return {
    listStreams: (signal) =>
      byArn === null ? listStreams(clients.kinesis, caller, signal) : byArn.list(signal),
    describeStream: (stream, signal) =>
      describeStream(clients.kinesis, caller, refOf(stream), signal),
    describeSettings: (stream, signal) =>
      describeSettings(clients.kinesis, caller, refOf(stream), signal),
    listTags: (streamArn, signal) => listTags(clients.kinesis, caller, streamArn, signal),
    listConsumers: (streamArn, signal) => listConsumers(clients.kinesis, caller, streamArn, signal),
    describeLimits: (signal) => describeLimits(clients.kinesis, caller, signal),
    changes: openStreamChanges(clients.kinesisOnce, caller),
    records: openRecordWrites(clients.kinesisOnce, caller),
    consumers: openConsumerReads(connection, clients, caller, datapoints),
    leases: openLeaseTable(
      (api) => clients.dynamodb ?? noEndpoint(connection, 'dynamodb', api),
      caller,
    ),
    archives: openArchiveStore((api) => clients.s3 ?? noEndpoint(connection, 's3', api), caller),
    describeArchiveDeliveries: async (name, signal) => {
      const firehose =
        clients.firehose ?? noEndpoint(connection, 'firehose', 'firehose:DescribeDeliveryStream');
      return describeArchiveDeliveries(firehose, caller, name, signal);
    },
    placeBefore: (shard, atMs, signal) =>
      placeBefore(clients.kinesis, caller, shard, atMs, signal, connection.quotaShare),
    listShards: (streamName, signal) =>
      listShards(clients.kinesis, caller, refOf(streamName), signal),
    sampleShard: (shard, onRecord, signal) =>
      sampleShard(clients.kinesis, caller, shard, onRecord, signal),
    async getMetrics(series, window, signal, onAsked) {
      if (clients.cloudwatch === null) {
        throw new AwsFailure(
          'no-endpoint',
          'cloudwatch:GetMetricData',
          `No CloudWatch endpoint is configured for connection "${connection.name}", so there are no metrics. Give it "endpoints.cloudwatch" (or KINETOSCOPE_ENDPOINT_CLOUDWATCH) where one exists.`,
        );
      }
      const located = byArn === null ? series : series.map((one) => inItsAccount(byArn, one));
      return getMetrics(clients.cloudwatch, caller, datapoints, located, window, signal, onAsked);
    },
    clockSkewMs: () => clients.clockSkew.currentMs(),
    callCounts: () => caller.counts(),
    close: () => clients.destroy(),
  };
}

/** Metrics go by name: without the account, a stream of ours that bears the same name would be told of. */
function inItsAccount(byArn: StreamsByArn, series: MetricSeries): MetricSeries {
  const accountId = byArn.accountOf(series.streamName);
  return accountId === null ? series : { ...series, accountId };
}
