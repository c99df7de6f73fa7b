import type {
  ChannelDestination,
  ChannelLogging,
  DeadLetterQueue,
} from '#server/local-aws/engine/channel.ts';
import type { NewDestination } from '#server/local-aws/engine/operations/create-channel.ts';
import type { ChannelDescription } from '#server/local-aws/engine/operations/describe-channel.ts';
import { flag, integer, list, type Member, oneOf, required, structure, text } from './shape.ts';
import { WireTime, type WireValue } from './wire-value.ts';

/** Data may be so old unless it is said how old. Source: S3DestinationConfiguration. */
const FRESHNESS_SECONDS_DEFAULT = 300;

/** Patterns as AWS::Kinesis::Channel of CloudFormation states them. */
const bucketArn = text({ min: 1, max: 2048, pattern: 'arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63}' });
const bucketOwner = text({ min: 12, max: 12, pattern: '\\d{12}' });
/** Names and ARNs without a documented pattern. */
const anyText = text({ min: 1, max: 2048 });

const deadLetterQueue = structure({
  BucketARN: required(bucketArn),
  ExpectedBucketOwner: required(bucketOwner),
  ErrorOutputPrefix: text(),
});

export const bucketDestination = structure({
  DataFreshnessInSeconds: integer(),
  DeadLetterQueueS3Configuration: deadLetterQueue,
  StorageConfiguration: required(
    structure({
      BucketARN: required(bucketArn),
      ExpectedBucketOwner: required(bucketOwner),
      OutputKeyTemplate: text({ max: 1_024 }),
      StorageClass: oneOf(['STANDARD', 'INTELLIGENT_TIERING', 'GLACIER_IR']),
      CompressionType: required(oneOf(['NONE', 'GZIP', 'ZSTD'])),
    }),
  ),
});

export const tableDestination = structure({
  DataFreshnessInSeconds: integer(),
  DeadLetterQueueS3Configuration: required(deadLetterQueue),
  S3TablesConfigurationList: required(
    list(
      required(
        structure({
          TableBucketARN: required(anyText),
          Namespace: required(anyText),
          TableName: required(anyText),
          CompressionType: required(oneOf(['NONE', 'ZSTD', 'SNAPPY'])),
          PartitionSpec: structure({
            PartitionFields: required(
              list(
                required(
                  structure({
                    Transform: required(oneOf(['TIME_HOUR'])),
                    SourceName: required(anyText),
                  }),
                ),
              ),
            ),
          }),
        }),
      ),
      // "Currently, one table is supported per channel."
      { min: 1, max: 1 },
    ),
  ),
});

export const logging = structure({
  CloudWatchLogs: required(
    structure({ Enabled: required(flag()), LogGroupName: anyText, LogStreamName: anyText }),
  ),
});

type Given<M> = M extends Member<infer T> ? NonNullable<T> : never;

export function toBucketDestination(input: Given<typeof bucketDestination>): NewDestination {
  const { StorageConfiguration: storage, DeadLetterQueueS3Configuration: queue } = input;
  return {
    type: 'S3',
    freshnessSeconds: input.DataFreshnessInSeconds ?? FRESHNESS_SECONDS_DEFAULT,
    deadLetterQueue: queue === undefined ? null : toQueue(queue),
    bucketArn: storage.BucketARN,
    expectedBucketOwner: storage.ExpectedBucketOwner,
    outputKeyTemplate: storage.OutputKeyTemplate ?? null,
    storageClass: storage.StorageClass ?? 'STANDARD',
    compression: storage.CompressionType,
  };
}

/** @returns none where the list has none: its fault ends the request before. */
export function toTableDestination(input: Given<typeof tableDestination>): NewDestination[] {
  return input.S3TablesConfigurationList.map((table) => ({
    type: 'S3_TABLES',
    freshnessSeconds: input.DataFreshnessInSeconds ?? FRESHNESS_SECONDS_DEFAULT,
    deadLetterQueue: toQueue(input.DeadLetterQueueS3Configuration),
    tableBucketArn: table.TableBucketARN,
    namespace: table.Namespace,
    tableName: table.TableName,
    compression: table.CompressionType,
    partitionedByHourOf:
      table.PartitionSpec?.PartitionFields.map(({ SourceName }) => SourceName) ?? null,
  }));
}

export function toLogging(input: Given<typeof logging>): Partial<ChannelLogging> {
  const { Enabled, LogGroupName, LogStreamName } = input.CloudWatchLogs;
  return {
    isEnabled: Enabled,
    ...(LogGroupName !== undefined && { logGroupName: LogGroupName }),
    ...(LogStreamName !== undefined && { logStreamName: LogStreamName }),
  };
}

function toQueue(queue: Given<typeof deadLetterQueue>): DeadLetterQueue {
  return {
    bucketArn: queue.BucketARN,
    expectedBucketOwner: queue.ExpectedBucketOwner,
    errorOutputPrefix: queue.ErrorOutputPrefix ?? null,
  };
}

export function channelMembers(channel: ChannelDescription): WireValue {
  return {
    ...namedMembers(channel),
    ServiceExecutionRoleARN: channel.roleArn,
    StreamConfigurationList: [
      {
        ...streamMembers(channel),
        RecordConfiguration: {
          RecordFormatType: channel.recordFormat,
          GSRSchemaARN: channel.schemaArn ?? undefined,
        },
      },
    ],
    ...destinationMembers(channel.destination),
    EncryptionConfiguration:
      channel.encryptionKeyId === null
        ? undefined
        : { EncryptionType: 'KMS', KeyId: channel.encryptionKeyId },
    LoggingConfiguration: {
      CloudWatchLogs: {
        Enabled: channel.logging.isEnabled,
        LogGroupName: channel.logging.logGroupName,
        LogStreamName: channel.logging.logStreamName,
      },
    },
  };
}

export function channelSummaryMembers(channel: ChannelDescription): WireValue {
  return {
    ...namedMembers(channel),
    ChannelDestinationType: channel.destination.type,
    Streams: [streamMembers(channel)],
  };
}

function namedMembers({ name, arn, id, status, createdAtMs }: ChannelDescription) {
  return {
    ChannelName: name,
    ChannelARN: arn,
    ChannelId: id,
    ChannelStatus: status,
    ChannelCreationTimestamp: new WireTime(createdAtMs),
  };
}

function streamMembers({ streamArn, streamCreatedAtMs }: ChannelDescription) {
  return { StreamARN: streamArn, StreamCreationTimestamp: new WireTime(streamCreatedAtMs) };
}

function destinationMembers(destination: ChannelDestination) {
  const common = {
    DataFreshnessInSeconds: destination.freshnessSeconds,
    DeadLetterQueueS3Configuration: {
      BucketARN: destination.deadLetterQueue.bucketArn,
      ExpectedBucketOwner: destination.deadLetterQueue.expectedBucketOwner,
      ErrorOutputPrefix: destination.deadLetterQueue.errorOutputPrefix ?? undefined,
    },
  };
  switch (destination.type) {
    case 'S3':
      return {
        S3DestinationConfiguration: {
          ...common,
          StorageConfiguration: {
            BucketARN: destination.bucketArn,
            ExpectedBucketOwner: destination.expectedBucketOwner,
            OutputKeyTemplate: destination.outputKeyTemplate ?? undefined,
            StorageClass: destination.storageClass,
            CompressionType: destination.compression,
          },
        },
      };
    case 'S3_TABLES':
      return {
        S3TablesDestinationConfiguration: {
          ...common,
          S3TablesConfigurationList: [
            {
              TableBucketARN: destination.tableBucketArn,
              Namespace: destination.namespace,
              TableName: destination.tableName,
              CompressionType: destination.compression,
              PartitionSpec:
                destination.partitionedByHourOf === null
                  ? undefined
                  : {
                      PartitionFields: destination.partitionedByHourOf.map((SourceName) => ({
                        Transform: 'TIME_HOUR',
                        SourceName,
                      })),
                    },
            },
          ],
        },
      };
  }
}
