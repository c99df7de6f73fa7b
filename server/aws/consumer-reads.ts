import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { DynamoItem, TableDescription, TablePage } from '#lib/domain/consumers/dynamo-item.ts';
import type {
  ConsumerMetric,
  DeliveryStream,
  EventSourceMapping,
} from '#lib/domain/consumers/managed-consumers.ts';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Connection, Service } from '#server/config/config.ts';
import type { Api } from './api-quotas.ts';
import type { Caller } from './call.ts';
import type { Clients } from './clients.ts';
import { describeTable, listTables, scanPage } from './consumer-tables.ts';
import { describeDeliveryStream, listDeliveryStreams } from './delivery-streams.ts';
import { listEventSourceMappings } from './event-source-mappings.ts';
import { metricColumns } from './metric-columns.ts';
import { type Probed, probeShard } from './probe-shard.ts';
import type { RateBudget } from './rate-budget.ts';

/**
 * What we ask of AWS to find the consumers of streams, and to follow them. Each throws AwsFailure; `no-endpoint` where
 * the connection stands on endpoints of its own and has none for the service.
 */
export type ConsumerReads = {
  listTables(signal: AbortSignal): Promise<readonly string[]>;
  describeTable(tableName: string, signal: AbortSignal): Promise<TableDescription>;
  scanPage(
    tableName: string,
    place: { readonly from: DynamoItem | null; readonly limit: number },
    signal: AbortSignal,
  ): Promise<TablePage>;
  /** @param sourceArn of a stream, or of a consumer of enhanced fan-out */
  listEventSourceMappings(
    sourceArn: string,
    signal: AbortSignal,
  ): Promise<readonly EventSourceMapping[]>;
  /** Names of those that read a Kinesis stream. */
  listDeliveryStreams(signal: AbortSignal): Promise<readonly string[]>;
  describeDeliveryStream(name: string, signal: AbortSignal): Promise<DeliveryStream>;
  /** Reads the one record after a place: for where a connection allows for it. */
  probeShard(
    place: {
      readonly streamArn: string;
      readonly shardId: ShardId;
      readonly after: SequenceNumber;
    },
    signal: AbortSignal,
  ): Promise<Probed>;
  /**
   * One column for each metric, one value for each period; NaN: no datapoint.
   * @param onAsked hears how many metrics are about to be asked for, and so charged
   */
  getMetrics(
    metrics: readonly ConsumerMetric[],
    window: MetricWindow,
    signal: AbortSignal,
    onAsked: (metrics: number) => void | Promise<void>,
  ): Promise<readonly Float32Array[]>;
};

export function openConsumerReads(
  connection: Connection,
  clients: Clients,
  caller: Caller,
  datapoints: RateBudget,
): ConsumerReads {
  const client = <S extends 'cloudwatch' | 'dynamodb' | 'lambda' | 'firehose'>(
    service: S,
    api: Api,
  ) => clients[service] ?? noEndpoint(connection, service, api);
  return {
    listTables: async (signal) =>
      listTables(client('dynamodb', 'dynamodb:ListTables'), caller, signal),
    describeTable: async (tableName, signal) =>
      describeTable(client('dynamodb', 'dynamodb:DescribeTable'), caller, tableName, signal),
    scanPage: async (tableName, place, signal) =>
      scanPage(client('dynamodb', 'dynamodb:Scan'), caller, tableName, place, signal),
    listEventSourceMappings: async (sourceArn, signal) =>
      listEventSourceMappings(
        client('lambda', 'lambda:ListEventSourceMappings'),
        caller,
        sourceArn,
        signal,
      ),
    listDeliveryStreams: async (signal) =>
      listDeliveryStreams(client('firehose', 'firehose:ListDeliveryStreams'), caller, signal),
    describeDeliveryStream: async (name, signal) =>
      describeDeliveryStream(
        client('firehose', 'firehose:DescribeDeliveryStream'),
        caller,
        name,
        signal,
      ),
    probeShard: (place, signal) => probeShard(clients.kinesis, caller, place, signal),
    getMetrics: async (metrics, window, signal, onAsked) =>
      metricColumns(
        client('cloudwatch', 'cloudwatch:GetMetricData'),
        caller,
        datapoints,
        metrics,
        window,
        signal,
        (from, to) => onAsked(to - from),
      ),
  };
}

const NAMES = {
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  lambda: 'Lambda',
  firehose: 'Firehose',
  s3: 'S3',
} as const;

/** What cannot be known without the service. */
const UNKNOWN_WITHOUT = {
  cloudwatch: 'there are no metrics',
  dynamodb: 'applications that keep leases in DynamoDB are not found',
  lambda: 'functions that read a stream are not found',
  firehose: 'delivery streams that read a stream are not found',
  s3: 'archives cannot be read',
} as const;

export function noEndpoint(
  connection: Connection,
  service: keyof typeof NAMES & Service,
  api: Api,
): never {
  throw new AwsFailure(
    'no-endpoint',
    api,
    `No ${NAMES[service]} endpoint is configured for connection "${connection.name}", so ${UNKNOWN_WITHOUT[service]}. Give it "endpoints.${service}" (or KINETOSCOPE_ENDPOINT_${service.toUpperCase()}) where one exists.`,
  );
}
