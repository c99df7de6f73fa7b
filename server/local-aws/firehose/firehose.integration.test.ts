import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-firehose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const PAST_MINUTES = 4;
const STREAM = 'document-changed-stream';

let world: World;
let firehose: FirehoseClient;
let cloudwatch: CloudWatchClient;

beforeAll(async () => {
  world = await startWorld({
    scenario: 'demo',
    clock: 'virtual',
    startAtMs: NOW_MS,
    pastMinutes: PAST_MINUTES,
  });
  firehose = new FirehoseClient({ ...LOCAL_CLIENT, endpoint: world.endpoints.firehose });
  cloudwatch = new CloudWatchClient({ ...LOCAL_CLIENT, endpoint: world.endpoints.cloudwatch });
});

afterAll(async () => {
  firehose.destroy();
  cloudwatch.destroy();
  await world.close();
});

describe('Firehose', () => {
  it('lists and describes the archiver as a delivery stream', async () => {
    const { DeliveryStreamNames, HasMoreDeliveryStreams } = await firehose.send(
      new ListDeliveryStreamsCommand({ DeliveryStreamType: 'KinesisStreamAsSource' }),
    );
    expect(DeliveryStreamNames).toEqual([STREAM]);
    expect(HasMoreDeliveryStreams).toBe(false);
    const { streamArn } = world.engine.describeStreamSummary({ streamName: STREAM });
    const { DeliveryStreamDescription } = await firehose.send(
      new DescribeDeliveryStreamCommand({ DeliveryStreamName: STREAM }),
    );
    expect(DeliveryStreamDescription).toMatchObject({
      DeliveryStreamStatus: 'ACTIVE',
      CreateTimestamp: new Date(NOW_MS - PAST_MINUTES * 60_000),
      Source: { KinesisStreamSourceDescription: { KinesisStreamARN: streamArn } },
      Destinations: [
        {
          ExtendedS3DestinationDescription: {
            BucketARN: 'arn:aws:s3:::kinetoscope-archive',
            Prefix: `firehose/${STREAM}/`,
            BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
            CompressionFormat: 'GZIP',
            FileExtension: '.gz',
          },
        },
      ],
    });
  });

  it('pages by name, and lists by type', async () => {
    const list = async (input: { ExclusiveStartDeliveryStreamName?: string; Limit?: number }) =>
      (await firehose.send(new ListDeliveryStreamsCommand(input))).DeliveryStreamNames;
    expect(await list({ Limit: 1 })).toEqual([STREAM]);
    expect(await list({ ExclusiveStartDeliveryStreamName: STREAM })).toEqual([]);
    const { DeliveryStreamNames } = await firehose.send(
      new ListDeliveryStreamsCommand({ DeliveryStreamType: 'DirectPut' }),
    );
    expect(DeliveryStreamNames).toEqual([]);
  });

  it('does not find what is not there, and refuses what is not played, by its action', async () => {
    const DeliveryStreamName = 'other';
    await expect(
      firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName })),
    ).rejects.toThrow(ResourceNotFoundException);
    await expect(
      firehose.send(new CreateDeliveryStreamCommand({ DeliveryStreamName })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('firehose:CreateDeliveryStream'),
    });
  });

  it('tells what it read and delivered, and how old that was', async () => {
    const read = async (MetricName: string) => {
      const { Datapoints = [] } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Firehose',
          MetricName,
          Dimensions: [{ Name: 'DeliveryStreamName', Value: STREAM }],
          StartTime: new Date(NOW_MS - PAST_MINUTES * 60_000),
          EndTime: new Date(NOW_MS),
          Period: 60 * PAST_MINUTES,
          Statistics: ['Sum', 'Maximum', 'Average'],
        }),
      );
      return Datapoints[0] ?? {};
    };
    const records = await read('DataReadFromKinesisStream.Records');
    const meter = world.engine.meter.read(
      { streamName: STREAM, shardId: null, metric: 'IncomingRecords' },
      NOW_MS - PAST_MINUTES * 60_000,
      NOW_MS,
      60_000 * PAST_MINUTES,
    );
    const incoming = meter[0]?.sum ?? 0;
    // All but what came within the last poll or two.
    expect(records.Sum).toBeGreaterThan(incoming * 0.95);
    expect(records.Sum).toBeLessThanOrEqual(incoming);
    expect((await read('KinesisMillisBehindLatest')).Maximum).toBeLessThan(5_000);

    const delivered = await read('DeliveryToS3.Records');
    expect(delivered.Sum).toBeGreaterThan(incoming * 0.5);
    expect(delivered.Sum).toBeLessThan(records.Sum ?? 0);
    const freshness = await read('DeliveryToS3.DataFreshness');
    expect(freshness.Unit).toBe('Seconds');
    // An object is a minute old, or a little more, when it is written.
    expect(freshness.Average).toBeGreaterThan(55);
    expect(freshness.Maximum).toBeLessThan(65);
    expect((await read('DeliveryToS3.Success')).Average).toBe(1);
  });
});
