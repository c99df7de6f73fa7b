import { parseStreamArn } from '#server/local-aws/engine/arn.ts';
import { WireTime, type WireValue } from '#server/local-aws/wire/wire-value.ts';
import type { DeliveryStream } from './delivery-stream.ts';

/** `DeliveryStreamType` of one that reads a Kinesis stream. */
export const KINESIS_SOURCE_TYPE = 'KinesisStreamAsSource';

const ROLE = 'firehose-delivery';

/** As DescribeDeliveryStream answers it. Source: API reference, DeliveryStreamDescription. */
export function describeDeliveryStream(stream: DeliveryStream, accountId: string): WireValue {
  const region = parseStreamArn(stream.sourceStreamArn)?.region ?? '';
  const roleArn = `arn:aws:iam::${accountId}:role/${ROLE}`;
  const s3: { readonly [member: string]: WireValue } = {
    RoleARN: roleArn,
    BucketARN: `arn:aws:s3:::${stream.bucket}`,
    Prefix: stream.prefix,
    BufferingHints: {
      SizeInMBs: stream.bufferBytesMax / 1_048_576,
      IntervalInSeconds: stream.bufferAgeMaxMs / 1_000,
    },
    CompressionFormat: 'GZIP',
    EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: { Enabled: false },
  };
  return {
    DeliveryStreamName: stream.name,
    DeliveryStreamARN: `arn:aws:firehose:${region}:${accountId}:deliverystream/${stream.name}`,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
    DeliveryStreamType: KINESIS_SOURCE_TYPE,
    VersionId: '1',
    CreateTimestamp: new WireTime(stream.createdAtMs),
    Source: {
      KinesisStreamSourceDescription: {
        KinesisStreamARN: stream.sourceStreamArn,
        RoleARN: roleArn,
        DeliveryStartTimestamp: new WireTime(stream.createdAtMs),
      },
    },
    Destinations: [
      {
        DestinationId: 'destinationId-000000000001',
        S3DestinationDescription: s3,
        ExtendedS3DestinationDescription: {
          ...s3,
          S3BackupMode: 'Disabled',
          FileExtension: stream.fileExtension,
          CustomTimeZone: 'UTC',
        },
      },
    ],
    HasMoreDestinations: false,
  };
}
