import {
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationDescription,
  type FirehoseClient,
  type S3DestinationDescription,
} from '@aws-sdk/client-firehose';
import type { ArchiveDelivery } from '#lib/domain/replay/plan/archive-delivery.ts';
import type { Caller } from './call.ts';

const BUCKET_ARN = /^arn:aws[a-z-]*:s3:::([^/]+)$/;

/**
 * The archives in S3 that a delivery stream writes: one, two where it keeps records as they came as well, none where
 * it delivers elsewhere.
 * @throws AwsFailure; `not-found` where it is gone
 */
export async function describeArchiveDeliveries(
  firehose: FirehoseClient,
  caller: Caller,
  name: string,
  signal: AbortSignal,
): Promise<readonly ArchiveDelivery[]> {
  const { DeliveryStreamDescription: given } = await caller.call(
    'firehose:DescribeDeliveryStream',
    signal,
    (abortSignal) =>
      firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }), {
        abortSignal,
      }),
  );
  const of = {
    deliveryStream: name,
    deliveryStreamArn: given?.DeliveryStreamARN ?? '',
    status: given?.DeliveryStreamStatus ?? 'UNKNOWN',
    sourceStreamArn: given?.Source?.KinesisStreamSourceDescription?.KinesisStreamARN ?? null,
  };
  return (given?.Destinations ?? []).flatMap((destination) => {
    const extended = destination.ExtendedS3DestinationDescription;
    const main = extended ?? destination.S3DestinationDescription;
    const backup = extended?.S3BackupMode === 'Enabled' ? extended.S3BackupDescription : undefined;
    const zone = extended?.CustomTimeZone ?? 'UTC';
    return [
      ...(main === undefined ? [] : deliveryOf(of, 'main', main, zone, extended)),
      ...(backup === undefined ? [] : deliveryOf(of, 'backup', backup, zone, undefined)),
    ];
  });
}

function deliveryOf(
  of: Pick<ArchiveDelivery, 'deliveryStream' | 'deliveryStreamArn' | 'status' | 'sourceStreamArn'>,
  part: ArchiveDelivery['part'],
  s3: S3DestinationDescription,
  timeZone: string,
  extended: ExtendedS3DestinationDescription | undefined,
): readonly ArchiveDelivery[] {
  const bucket = BUCKET_ARN.exec(s3.BucketARN ?? '')?.[1];
  if (bucket === undefined) return [];
  const { BufferingHints: hints } = s3;
  const processing = extended?.ProcessingConfiguration;
  const processors =
    processing?.Enabled === true ? (processing.Processors ?? []).map(({ Type }) => Type) : [];
  return [
    {
      ...of,
      part,
      bucket,
      prefixExpression: s3.Prefix ?? '',
      errorPrefixExpression: s3.ErrorOutputPrefix ?? null,
      bufferIntervalMs: inUnits(hints?.IntervalInSeconds, 1_000),
      bufferBytes: inUnits(hints?.SizeInMBs, 1_048_576),
      compression: s3.CompressionFormat ?? null,
      convertsTo: conversionOf(extended),
      timeZone,
      isTransformed: processors.includes('Lambda'),
      isDelimited: processors.includes('AppendDelimiterToRecord'),
      isPartitioned: extended?.DynamicPartitioningConfiguration?.Enabled === true,
    },
  ];
}

function conversionOf(
  extended: ExtendedS3DestinationDescription | undefined,
): ArchiveDelivery['convertsTo'] {
  const conversion = extended?.DataFormatConversionConfiguration;
  if (conversion === undefined || conversion.Enabled === false) return null;
  const serializer = conversion.OutputFormatConfiguration?.Serializer;
  return serializer?.OrcSerDe === undefined ? 'parquet' : 'orc';
}

function inUnits(value: number | undefined, unit: number): number | null {
  return value === undefined ? null : value * unit;
}
