import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  InvalidParameterValueException,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { STSClient } from '@aws-sdk/client-sts';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';

const START_MS = Date.UTC(2026, 10, 23, 12);
const Dimensions = [{ Name: 'Value', Value: '7' }];

/** The SDK has the query protocol, but shares it only by the clients that speak it by default. */
const queryProtocol = new STSClient({ region: 'us-east-1' }).config.protocol.constructor;

const PROTOCOLS: Readonly<Record<string, CloudWatchClientConfig['protocol']>> = {
  'JSON 1.0': undefined,
  'RPC v2 CBOR': SmithyRpcV2CborProtocol,
  Query: queryProtocol as NonNullable<CloudWatchClientConfig['protocol']>,
};

let world: World;

beforeAll(async () => {
  world = await startWorld({ clock: 'virtual', startAtMs: START_MS });
});

afterAll(() => world.close());

describe.each(Object.keys(PROTOCOLS))('CloudWatch in %s', (name) => {
  const Namespace = `app/${name}`;
  let cloudwatch: CloudWatchClient;

  beforeAll(() => {
    const protocol = PROTOCOLS[name];
    cloudwatch = new CloudWatchClient({
      endpoint: world.endpoints.cloudwatch,
      ...LOCAL_CLIENT,
      ...(protocol !== undefined && { protocol }),
    });
  });

  afterAll(() => cloudwatch.destroy());

  it('gives back what was put: numbers, texts that look like numbers, instants, maps', async () => {
    const put = (MetricName: string, Values: number[], Timestamp: Date) =>
      cloudwatch.send(
        new PutMetricDataCommand({
          Namespace,
          MetricData: [
            {
              MetricName,
              Dimensions,
              Timestamp,
              Values,
              Counts: Values.map(() => 2),
              Unit: 'Milliseconds',
            },
          ],
        }),
      );
    await put('age', [10.5, 1_000], new Date(START_MS - 10_000));
    await put('age', [7], new Date(START_MS - 5_000));
    const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace, Dimensions }));
    expect(Metrics).toEqual([{ Namespace, MetricName: 'age', Dimensions }]);

    const Metric = { Namespace, MetricName: 'age', Dimensions };
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [
          { Id: 'a', MetricStat: { Metric, Period: 5, Stat: 'Sum' }, ReturnData: false },
          { Id: 'b', MetricStat: { Metric, Period: 5, Stat: 'p99' } },
          { Id: 'c', Expression: 'a / PERIOD(a)', Label: 'a & b' },
          { Id: 'd', MetricStat: { Metric, Period: 5, Stat: 'Sum', Unit: 'Bytes' } },
        ],
        StartTime: new Date(START_MS - 60_000),
        EndTime: new Date(START_MS),
        ScanBy: 'TimestampAscending',
      }),
    );
    const Timestamps = [new Date(START_MS - 10_000), new Date(START_MS - 5_000)];
    expect(MetricDataResults).toMatchObject([
      { Id: 'b', Label: 'age', Timestamps, Values: [1_000, 7], StatusCode: 'Complete' },
      { Id: 'c', Label: 'a & b', Timestamps, Values: [404.2, 2.8] },
      { Id: 'd', Values: [] },
    ]);

    const window = { StartTime: new Date(START_MS - 10_000), EndTime: new Date(START_MS - 5_000) };
    const { Datapoints } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        ...Metric,
        ...window,
        Period: 5,
        ExtendedStatistics: ['p100', 'TC(:100)'],
      }),
    );
    expect(Datapoints).toEqual([
      {
        Timestamp: new Date(START_MS - 10_000),
        ExtendedStatistics: { p100: 1_000, 'TC(:100)': 2 },
        Unit: 'Milliseconds',
      },
    ]);
  });

  it('tells errors by their type', async () => {
    const list = new ListMetricsCommand({ Namespace, MetricName: '' });
    await expect(cloudwatch.send(list)).rejects.toMatchObject({
      message: expect.stringContaining('MetricName'),
      $metadata: { httpStatusCode: 400 },
    });
    await expect(cloudwatch.send(list)).rejects.toThrow(InvalidParameterValueException);
  });

  it('refuses both kinds of statistics at once', async () => {
    const call = new GetMetricStatisticsCommand({
      Namespace,
      MetricName: 'age',
      StartTime: new Date(START_MS - 10_000),
      EndTime: new Date(START_MS),
      Period: 60,
      Statistics: ['Sum'],
      ExtendedStatistics: ['p50'],
    });
    await expect(cloudwatch.send(call)).rejects.toMatchObject({
      message: expect.stringContaining('not both'),
    });
  });

  it('knows no metric of a namespace that nobody wrote to', async () => {
    const { Metrics, NextToken } = await cloudwatch.send(
      new ListMetricsCommand({ Namespace: 'nobody', RecentlyActive: 'PT3H' }),
    );
    expect(Metrics ?? []).toEqual([]);
    expect(NextToken).toBeUndefined();
  });
});
