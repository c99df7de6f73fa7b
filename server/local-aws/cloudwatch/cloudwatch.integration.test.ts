import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  InvalidNextToken,
  InvalidParameterValueException,
  ListMetricsCommand,
  type MetricDataQuery,
  PutMetricDataCommand,
  ValidationException,
} from '@aws-sdk/client-cloudwatch';
import { CreateStreamCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const STREAM = 'orders';

let world: World;
let cloudwatch: CloudWatchClient;
let kinesis: KinesisClient;
let firstMs: number;

function metric(Id: string, MetricName: string, ShardId?: string): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Kinesis',
        MetricName,
        Dimensions: [
          { Name: 'StreamName', Value: STREAM },
          ...(ShardId === undefined ? [] : [{ Name: 'ShardId', Value: ShardId }]),
        ],
      },
      Period: 5,
      Stat: 'Sum',
    },
  };
}

function getMetricData(
  MetricDataQueries: MetricDataQuery[],
  more: Partial<GetMetricDataCommandInput> = {},
) {
  return cloudwatch.send(
    new GetMetricDataCommand({
      MetricDataQueries,
      StartTime: new Date(firstMs),
      EndTime: new Date(world.clock.nowMs() + 5_000),
      ScanBy: 'TimestampAscending',
      ...more,
    }),
  );
}

async function put(count: number, bytes: number): Promise<void> {
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: STREAM,
      Records: Array.from({ length: count }, (_, i) => ({
        PartitionKey: `k${i % 10}`,
        Data: Buffer.alloc(bytes),
      })),
    }),
  );
}

beforeAll(async () => {
  world = await startWorld({ clock: 'virtual' });
  const { endpoints } = world;
  cloudwatch = new CloudWatchClient({
    endpoint: endpoints.cloudwatch,
    region: 'us-east-1',
    credentials,
  });
  kinesis = new KinesisClient({
    endpoint: endpoints.kinesis,
    region: 'us-east-1',
    credentials,
    requestHandler: new NodeHttpHandler(),
  });
  await kinesis.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 2 }));
  world.engine.enableEnhancedMonitoring({ streamName: STREAM, shardLevelMetrics: ['ALL'] });
  firstMs = Math.ceil(world.clock.nowMs() / 60_000) * 60_000;
  // Three periods of 5 s, with 10, 20 and 30 records of 100 bytes, of which keys are 2.
  for (const [i, count] of [10, 20, 30].entries()) {
    world.clock.advanceTo(firstMs + i * 5_000);
    await put(count, 98);
  }
});

afterAll(async () => {
  kinesis.destroy();
  cloudwatch.destroy();
  await world.close();
});

describe('GetMetricData', () => {
  it('answers what was put, period by period', async () => {
    const { MetricDataResults = [] } = await getMetricData([
      metric('bytes', 'IncomingBytes'),
      metric('records', 'IncomingRecords'),
      metric('throttles', 'WriteProvisionedThroughputExceeded'),
    ]);
    expect(MetricDataResults.map(({ Values }) => Values)).toEqual([
      [1_000, 2_000, 3_000],
      [10, 20, 30],
      [0, 0, 0],
    ]);
    expect(MetricDataResults[0]?.Timestamps?.map((t) => t.getTime() - firstMs)).toEqual([
      0, 5_000, 10_000,
    ]);
    expect(MetricDataResults[0]).toMatchObject({ StatusCode: 'Complete', Label: 'IncomingBytes' });
  });

  it('adds shards up to the stream', async () => {
    const { MetricDataResults = [] } = await getMetricData([
      { ...metric('a', 'IncomingRecords', 'shardId-000000000000'), ReturnData: false },
      { ...metric('b', 'IncomingRecords', 'shardId-000000000001'), ReturnData: false },
      { Id: 'sum', Expression: 'SUM([a, b])' },
      { Id: 'rate', Expression: 'FILL(a, 0) / PERIOD(a) + b / PERIOD(b)', Label: 'per second' },
    ]);
    expect(MetricDataResults.map(({ Id, Label }) => [Id, Label])).toEqual([
      ['sum', 'SUM([a, b])'],
      ['rate', 'per second'],
    ]);
    expect(MetricDataResults[0]?.Values).toEqual([10, 20, 30]);
    expect(MetricDataResults[1]?.Values).toEqual([2, 4, 6]);
  });

  it('merges base periods, and answers the newest first unless told otherwise', async () => {
    const query = metric('m', 'IncomingRecords');
    const minute = { ...query, MetricStat: { ...query.MetricStat, Period: 60 } };
    const merged = await getMetricData([minute as MetricDataQuery]);
    expect(merged.MetricDataResults?.[0]?.Values).toEqual([60]);
    const newest = await getMetricData([query], { ScanBy: 'TimestampDescending' });
    expect(newest.MetricDataResults?.[0]?.Values).toEqual([30, 20, 10]);
  });

  it('pages without a datapoint lost or repeated', async () => {
    const values: Record<string, number[]> = {};
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await getMetricData(
        [metric('a', 'IncomingRecords'), metric('b', 'IncomingBytes')],
        {
          MaxDatapoints: 2,
          ...(NextToken !== undefined && { NextToken }),
        },
      );
      for (const { Id = '', Values = [] } of page.MetricDataResults ?? []) {
        values[Id] = [...(values[Id] ?? []), ...Values];
      }
      NextToken = page.NextToken;
      pages += 1;
    } while (NextToken !== undefined);
    expect(pages).toBe(3);
    expect(values).toEqual({ a: [10, 20, 30], b: [1_000, 2_000, 3_000] });
  });

  it('answers an unknown metric with no datapoints', async () => {
    const { MetricDataResults } = await getMetricData([metric('m', 'NoSuchMetric')]);
    expect(MetricDataResults?.[0]).toMatchObject({ Values: [], StatusCode: 'Complete' });
  });

  it('refuses what CloudWatch refuses', async () => {
    const one = metric('m', 'IncomingBytes');
    await expect(getMetricData([one, one])).rejects.toThrow(ValidationException);
    await expect(
      getMetricData(Array.from({ length: 501 }, (_, i) => metric(`m${i}`, 'IncomingBytes'))),
    ).rejects.toThrow(ValidationException);
    await expect(getMetricData([{ Id: 'e', Expression: 'nope' }])).rejects.toThrow(
      ValidationException,
    );
    await expect(getMetricData([one], { EndTime: new Date(firstMs) })).rejects.toThrow(
      InvalidParameterValueException,
    );
    await expect(getMetricData([metric('Upper', 'IncomingBytes')])).rejects.toThrow(
      InvalidParameterValueException,
    );
    await expect(getMetricData([one], { NextToken: 'nonsense' })).rejects.toThrow(InvalidNextToken);
  });
});

it('answers statistics of the same datapoints', async () => {
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Kinesis',
      MetricName: 'PutRecords.TotalRecords',
      Dimensions: [{ Name: 'StreamName', Value: STREAM }],
      StartTime: new Date(firstMs),
      EndTime: new Date(firstMs + 60_000),
      Period: 60,
      Statistics: ['Sum', 'SampleCount', 'Minimum', 'Maximum', 'Average'],
    }),
  );
  expect(Datapoints).toHaveLength(1);
  expect(Datapoints[0]).toMatchObject({
    Sum: 60,
    SampleCount: 3,
    Minimum: 10,
    Maximum: 30,
    Average: 20,
  });
});

describe('metrics of one’s own', () => {
  it('are read back and listed; a body of more than 10 kB goes gzipped', async () => {
    const Dimensions = [{ Name: 'Operation', Value: 'ProcessTask' }];
    await cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: 'reports-worker',
        MetricData: Array.from({ length: 200 }, (_, i) => ({
          MetricName: 'MillisBehindLatest',
          Dimensions,
          Timestamp: new Date(firstMs),
          Value: i,
        })),
      }),
    );
    const { Datapoints } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'reports-worker',
        MetricName: 'MillisBehindLatest',
        Dimensions,
        StartTime: new Date(firstMs),
        EndTime: new Date(firstMs + 5_000),
        Period: 5,
        Statistics: ['SampleCount', 'Maximum'],
      }),
    );
    expect(Datapoints?.[0]).toMatchObject({ SampleCount: 200, Maximum: 199 });
    const { Metrics } = await cloudwatch.send(
      new ListMetricsCommand({ Namespace: 'reports-worker' }),
    );
    expect(Metrics).toEqual([
      { Namespace: 'reports-worker', MetricName: 'MillisBehindLatest', Dimensions },
    ]);
  });

  it('may not be put into a namespace of AWS', async () => {
    const put = cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: 'AWS/Kinesis',
        MetricData: [{ MetricName: 'IncomingBytes', Value: 1 }],
      }),
    );
    await expect(put).rejects.toThrow(InvalidParameterValueException);
  });
});

it('lists the metrics of a shard', async () => {
  const { Metrics = [] } = await cloudwatch.send(
    new ListMetricsCommand({
      Namespace: 'AWS/Kinesis',
      MetricName: 'IncomingBytes',
      Dimensions: [{ Name: 'StreamName', Value: STREAM }, { Name: 'ShardId' }],
    }),
  );
  expect(Metrics.map(({ Dimensions }) => Dimensions?.[1]?.Value).sort()).toEqual([
    'shardId-000000000000',
    'shardId-000000000001',
  ]);
});
