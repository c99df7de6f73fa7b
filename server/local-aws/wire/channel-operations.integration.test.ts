import {
  CreateChannelCommand,
  type CreateChannelCommandInput,
  CreateStreamCommand,
  DeleteChannelCommand,
  DescribeChannelCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  paginateListChannels,
  ResourceNotFoundException,
  type S3TablesConfiguration,
  UpdateChannelCommand,
  ValidationException,
  waitUntilChannelActive,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWire, WIRE_START_MS, type Wire } from './testing/open-wire.ts';

const StreamName = 'logs';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/logs';
const BucketARN = 'arn:aws:s3:::archive';
const ExpectedBucketOwner = '000000000000';

const input = {
  ChannelName: 'archive',
  ServiceExecutionRoleARN: 'arn:aws:iam::000000000000:role/delivery',
  StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType: 'STRING' } }],
  S3DestinationConfiguration: {
    StorageConfiguration: { BucketARN, ExpectedBucketOwner, CompressionType: 'GZIP' },
  },
} satisfies CreateChannelCommandInput;

let wire: Wire;
let client: KinesisClient;

beforeEach(async () => {
  wire = await openWire();
  ({ client } = wire);
  await client.send(
    new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
  );
});

afterEach(() => wire.close());

describe('a channel, as the SDK sees it', () => {
  it('is made, waited for, described, changed, listed and deleted', async () => {
    const { ChannelDescription: created } = await client.send(new CreateChannelCommand(input));
    expect(created).toMatchObject({ ChannelName: 'archive', ChannelStatus: 'CREATING' });
    const ChannelARN = created?.ChannelARN;
    await waitUntilChannelActive({ client, maxWaitTime: 5, minDelay: 1 }, { ChannelARN });

    await client.send(
      new UpdateChannelCommand({
        ChannelARN,
        S3DestinationConfiguration: { DataFreshnessInSeconds: 900 },
        LoggingConfiguration: { CloudWatchLogs: { Enabled: true, LogGroupName: '/mine' } },
      }),
    );
    const { ChannelDescription: channel } = await client.send(
      new DescribeChannelCommand({ ChannelARN }),
    );
    expect(channel).toEqual({
      ChannelName: 'archive',
      ChannelARN,
      ChannelId: created?.ChannelId,
      ChannelStatus: 'ACTIVE',
      ChannelCreationTimestamp: new Date(WIRE_START_MS),
      ServiceExecutionRoleARN: input.ServiceExecutionRoleARN,
      StreamConfigurationList: [
        {
          StreamARN,
          StreamCreationTimestamp: new Date(WIRE_START_MS),
          RecordConfiguration: { RecordFormatType: 'STRING' },
        },
      ],
      S3DestinationConfiguration: {
        DataFreshnessInSeconds: 900,
        DeadLetterQueueS3Configuration: {
          BucketARN,
          ExpectedBucketOwner,
          ErrorOutputPrefix: `kinesis-channel/errors/archive/${created?.ChannelId}/`,
        },
        StorageConfiguration: {
          BucketARN,
          ExpectedBucketOwner,
          StorageClass: 'STANDARD',
          CompressionType: 'GZIP',
        },
      },
      LoggingConfiguration: {
        CloudWatchLogs: {
          Enabled: true,
          LogGroupName: '/mine',
          LogStreamName: 'DestinationDelivery',
        },
      },
    });

    const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(summary.StreamDescriptionSummary?.ChannelCount).toBe(1);
    const listed = [];
    for await (const page of paginateListChannels({ client }, { StreamFilter: [{ StreamARN }] })) {
      listed.push(...(page.ChannelSummaries ?? []));
    }
    expect(listed).toEqual([
      {
        ChannelName: 'archive',
        ChannelARN,
        ChannelId: created?.ChannelId,
        ChannelStatus: 'ACTIVE',
        ChannelCreationTimestamp: new Date(WIRE_START_MS),
        ChannelDestinationType: 'S3',
        Streams: [{ StreamARN, StreamCreationTimestamp: new Date(WIRE_START_MS) }],
      },
    ]);

    await client.send(new DeleteChannelCommand({ ChannelARN }));
    await expect(client.send(new DescribeChannelCommand({ ChannelARN }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });

  it('delivers to a table as well', async () => {
    const { S3DestinationConfiguration: _, ...toTable } = input;
    const table = {
      TableBucketARN: 'arn:aws:s3tables:us-east-1:000000000000:bucket/lake',
      Namespace: 'n',
      TableName: 't',
      CompressionType: 'SNAPPY',
      PartitionSpec: { PartitionFields: [{ Transform: 'TIME_HOUR', SourceName: 'at' }] },
    } satisfies S3TablesConfiguration;
    const queue = { BucketARN, ExpectedBucketOwner, ErrorOutputPrefix: 'lost/' };
    const { ChannelDescription: channel } = await client.send(
      new CreateChannelCommand({
        ...toTable,
        StreamConfigurationList: [
          {
            StreamARN,
            RecordConfiguration: {
              RecordFormatType: 'GSR_JSON',
              GSRSchemaARN: 'arn:aws:glue:us-east-1:000000000000:schema/r/s',
            },
          },
        ],
        S3TablesDestinationConfiguration: {
          DeadLetterQueueS3Configuration: queue,
          S3TablesConfigurationList: [table],
        },
        EncryptionConfiguration: { EncryptionType: 'KMS', KeyId: 'alias/mine' },
      }),
    );
    expect(channel?.S3DestinationConfiguration).toBeUndefined();
    expect(channel?.S3TablesDestinationConfiguration).toEqual({
      DataFreshnessInSeconds: 300,
      DeadLetterQueueS3Configuration: queue,
      S3TablesConfigurationList: [table],
    });
    expect(channel?.EncryptionConfiguration).toEqual({
      EncryptionType: 'KMS',
      KeyId: 'alias/mine',
    });
  });

  it.each<[string, Partial<CreateChannelCommandInput>]>([
    [
      'two streams',
      {
        StreamConfigurationList: [
          ...input.StreamConfigurationList,
          ...input.StreamConfigurationList,
        ],
      },
    ],
    ['a role without a name', { ServiceExecutionRoleARN: '' }],
    ['a name with a space', { ChannelName: 'a b' }],
  ])('is refused by its shape for %s', async (_, changes) => {
    const odd: CreateChannelCommandInput = { ...input, ...changes };
    await expect(client.send(new CreateChannelCommand(odd))).rejects.toBeInstanceOf(
      ValidationException,
    );
  });
});
