import {
  type Dimension,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsInput,
  ListMetricsCommand,
  type MetricDataQuery,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { type Case, defineCase, defineRefusal, type Source } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';

const needs = { endpoint: 'cloudwatch' } as const;
const MINUTE_MS = 60_000;

function reference(operation: string, quote: string): Source {
  return {
    url: `https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${operation}.html`,
    quote,
  };
}

/** Full minutes ago: the clock is this machine's, so tests of a world on a clock of its own leave these cases out. */
function minutesAgo(minutes: number): Date {
  return new Date((Math.floor(Date.now() / MINUTE_MS) - minutes) * MINUTE_MS);
}

interface Own {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: Dimension[];
}

/** A metric that nobody has. */
function ownMetric(t: CaseTools): Own {
  return {
    Namespace: 'Conformance',
    MetricName: t.freshName(),
    Dimensions: [{ Name: 'Stage', Value: 'test' }],
  };
}

function putData(
  t: CaseTools,
  { Namespace, ...metric }: Own,
  data: Omit<MetricDatum, 'MetricName'>[],
): Promise<unknown> {
  return t.cloudwatch.send(
    new PutMetricDataCommand({
      Namespace,
      MetricData: data.map((datum) => ({ ...datum, ...metric })),
    }),
  );
}

/** Minute by minute, once so many of them have come. */
function statistics(
  t: CaseTools,
  own: Own,
  more: Pick<GetMetricStatisticsInput, 'Statistics' | 'ExtendedStatistics'>,
  count: number,
) {
  return t.eventually(`${count} datapoints`, async () => {
    const { Datapoints = [] } = await t.cloudwatch.send(
      new GetMetricStatisticsCommand({
        ...own,
        StartTime: minutesAgo(30),
        EndTime: minutesAgo(0),
        Period: 60,
        ...more,
      }),
    );
    if (Datapoints.length < count) return undefined;
    return Datapoints.toSorted(
      (a, b) => (a.Timestamp?.getTime() ?? 0) - (b.Timestamp?.getTime() ?? 0),
    );
  });
}

function stat(own: Own, id: string, name = 'Sum'): MetricDataQuery {
  return { Id: id, MetricStat: { Metric: own, Period: 60, Stat: name } };
}

function metricData(t: CaseTools, queries: MetricDataQuery[], more = {}) {
  return t.cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: minutesAgo(30),
      EndTime: minutesAgo(0),
      MetricDataQueries: queries,
      ...more,
    }),
  );
}

/** Two metrics of two minutes: 10 and 20; 2 and 4. */
async function twoMetrics(t: CaseTools): Promise<{ a: Own; b: Own; times: Date[] }> {
  const [a, b] = [ownMetric(t), ownMetric(t)];
  const times = [minutesAgo(12), minutesAgo(11)];
  await putData(t, a, [
    { Timestamp: times[0], Value: 10 },
    { Timestamp: times[1], Value: 20 },
  ]);
  await putData(t, b, [
    { Timestamp: times[0], Value: 2 },
    { Timestamp: times[1], Value: 4 },
  ]);
  await statistics(t, a, { Statistics: ['Sum'] }, 2);
  await statistics(t, b, { Statistics: ['Sum'] }, 2);
  return { a, b, times };
}

/** What a client of Kinesis needs of CloudWatch. */
export const cloudwatchCases: readonly Case[] = [
  defineCase({
    name: 'CloudWatch.PutMetricData / values of one minute come together',
    operation: 'CloudWatch.PutMetricData',
    behaviour: 'metrics',
    expected: 'SampleCount 3, Sum 12, Average 4, Minimum 1, Maximum 8 at the start of the minute',
    source: reference(
      'GetMetricStatistics',
      'CloudWatch aggregates data points based on the length of the period that you specify.',
    ),
    needs,
    async run(t) {
      const own = ownMetric(t);
      const minute = minutesAgo(10);
      await putData(t, own, [
        { Timestamp: minute, Value: 1, Unit: 'Count' },
        { Timestamp: new Date(minute.getTime() + 20_000), Value: 3, Unit: 'Count' },
        { Timestamp: new Date(minute.getTime() + 59_000), Value: 8, Unit: 'Count' },
      ]);
      const [point] = await statistics(
        t,
        own,
        { Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] },
        1,
      );
      t.same('datapoint', point, {
        Timestamp: minute,
        SampleCount: 3,
        Sum: 12,
        Average: 4,
        Minimum: 1,
        Maximum: 8,
        Unit: 'Count',
      });
    },
  }),
  defineCase({
    name: 'CloudWatch.PutMetricData / values with counts, and a statistic set',
    operation: 'CloudWatch.PutMetricData',
    behaviour: 'metrics',
    expected: '[1, 2] x [3, 1]: 4 samples, Sum 5; the set as it was given',
    source: reference(
      'PutMetricData',
      'You can publish either individual values in the Value field, or arrays of values and the number of times each value occurred during the period by using the Values and Counts fields in the MetricData structure.',
    ),
    needs,
    async run(t) {
      const own = ownMetric(t);
      await putData(t, own, [
        { Timestamp: minutesAgo(12), Values: [1, 2], Counts: [3, 1] },
        {
          Timestamp: minutesAgo(11),
          StatisticValues: { SampleCount: 7, Sum: 70, Minimum: 2, Maximum: 30 },
        },
      ]);
      const points = await statistics(
        t,
        own,
        { Statistics: ['SampleCount', 'Sum', 'Minimum', 'Maximum'] },
        2,
      );
      t.same(
        'datapoints',
        points.map(({ SampleCount, Sum, Minimum, Maximum }) => [
          SampleCount,
          Sum,
          Minimum,
          Maximum,
        ]),
        [
          [4, 5, 1, 2],
          [7, 70, 2, 30],
        ],
      );
    },
  }),
  defineCase({
    name: 'CloudWatch.GetMetricStatistics / percentiles of values',
    operation: 'CloudWatch.GetMetricStatistics',
    behaviour: 'metrics',
    expected: 'p50 near 50 and p90 near 90 of 1 to 100',
    source: reference(
      'PutMetricData',
      'Using the Values and Counts method enables you to publish up to 150 values per metric with one PutMetricData request, and supports retrieving percentile statistics on this data.',
    ),
    needs,
    async run(t) {
      const own = ownMetric(t);
      await putData(t, own, [
        {
          Timestamp: minutesAgo(10),
          Values: Array.from({ length: 100 }, (_none, index) => index + 1),
        },
      ]);
      const [point] = await statistics(t, own, { ExtendedStatistics: ['p50', 'p90'] }, 1);
      const { p50 = Number.NaN, p90 = Number.NaN } = point?.ExtendedStatistics ?? {};
      // How CloudWatch interpolates is not documented.
      t.holds('p50', Math.abs(p50 - 50) <= 2, p50);
      t.holds('p90', Math.abs(p90 - 90) <= 2, p90);
    },
  }),
  defineRefusal({
    operation: 'CloudWatch.GetMetricStatistics',
    behaviour: 'invalid-argument',
    title: 'neither Statistics nor ExtendedStatistics',
    exception: [
      'MissingRequiredParameterException',
      'InvalidParameterCombinationException',
      'InvalidParameterCombination',
      'MissingParameter',
      'ValidationError',
    ],
    source: reference(
      'GetMetricStatistics',
      'When calling GetMetricStatistics, you must specify either Statistics or ExtendedStatistics, but not both.',
    ),
    needs,
    prepare: (t) => () =>
      t.cloudwatch.send(
        new GetMetricStatisticsCommand({
          ...ownMetric(t),
          StartTime: minutesAgo(30),
          EndTime: minutesAgo(0),
          Period: 60,
        }),
      ),
  }),
  defineCase({
    name: 'CloudWatch.GetMetricData / several metrics, with labels, newest first',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'each by its Id, Complete, values in descending time',
    source: reference(
      'GetMetricData',
      'ScanBy: TimestampDescending first returns the newest data and paginates when the MaxDatapoints limit is reached. ... The default is TimestampDescending.',
    ),
    needs,
    async run(t) {
      const { a, b, times } = await twoMetrics(t);
      const { MetricDataResults = [] } = await metricData(t, [
        stat(a, 'a'),
        { ...stat(b, 'b', 'Maximum'), Label: 'the second' },
      ]);
      const [first, second] = MetricDataResults;
      t.same('Ids', [first?.Id, second?.Id], ['a', 'b']);
      t.same('StatusCode', first?.StatusCode, 'Complete');
      t.same('Values of a', first?.Values, [20, 10]);
      t.same('Timestamps of a', first?.Timestamps, times.toReversed());
      t.same('Values of b', second?.Values, [4, 2]);
      t.same('Label of b', second?.Label, 'the second');
    },
  }),
  defineCase({
    name: 'CloudWatch.GetMetricData / metric math, with what it rests on not returned',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'a / b = [5, 5]; SUM([a, b]) = [12, 24], oldest first; a and b not in the answer',
    source: reference(
      'MetricDataQuery',
      'ReturnData: When used in GetMetricData, this option indicates whether to return the timestamps and raw data values of this metric. If you are performing this call just to do math expressions and do not also need the raw data returned, you can specify false.',
    ),
    needs,
    async run(t) {
      const { a, b } = await twoMetrics(t);
      const { MetricDataResults = [] } = await metricData(
        t,
        [
          { ...stat(a, 'a'), ReturnData: false },
          { ...stat(b, 'b'), ReturnData: false },
          { Id: 'ratio', Expression: 'a / b' },
          { Id: 'total', Expression: 'SUM([a, b])' },
        ],
        { ScanBy: 'TimestampAscending' },
      );
      t.same('Ids', MetricDataResults.map(({ Id }) => Id).sort(), ['ratio', 'total']);
      const values = (id: string) => MetricDataResults.find(({ Id }) => Id === id)?.Values;
      t.same('ratio', values('ratio'), [5, 5]);
      t.same('total', values('total'), [12, 24]);
    },
  }),
  defineCase({
    name: 'CloudWatch.GetMetricData / a metric that there is not',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'missing-resource',
    expected: 'no error: an empty series',
    source: reference(
      'MetricDataResult',
      'Values: The data points for the metric corresponding to Timestamps.',
    ),
    needs,
    async run(t) {
      const { MetricDataResults = [] } = await metricData(t, [stat(ownMetric(t), 'a')]);
      t.same('Values', MetricDataResults[0]?.Values, []);
      t.same('Timestamps', MetricDataResults[0]?.Timestamps, []);
    },
  }),
  defineCase({
    name: 'CloudWatch.GetMetricData / pages by MaxDatapoints and NextToken',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'paging',
    expected: 'all datapoints over the pages, at most two a page',
    source: reference(
      'GetMetricData',
      'NextToken: Include this value, if it was returned by the previous GetMetricData operation, to get the next set of data points.',
    ),
    needs,
    async run(t) {
      const { a, b } = await twoMetrics(t);
      const values: number[] = [];
      let token: string | undefined;
      let pages = 0;
      do {
        const page = await metricData(t, [stat(a, 'a'), stat(b, 'b')], {
          MaxDatapoints: 2,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const found = (page.MetricDataResults ?? []).flatMap(({ Values = [] }) => Values);
        t.holds('datapoints of a page', found.length <= 2, found.length);
        values.push(...found);
        token = page.NextToken;
        pages += 1;
      } while (token !== undefined && pages < 10);
      t.same(
        'values',
        values.toSorted((x, y) => x - y),
        [2, 4, 10, 20],
      );
    },
  }),
  defineRefusal({
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'limit',
    title: '501 queries',
    exception: ['ValidationError', 'ValidationException'],
    source: reference(
      'GetMetricData',
      'MetricDataQueries: A single GetMetricData call can include up to 500 MetricDataQuery structures.',
    ),
    needs,
    prepare(t) {
      const own = ownMetric(t);
      const queries = Array.from({ length: 501 }, (_none, index) => stat(own, `m${index}`));
      return () => metricData(t, queries);
    },
  }),
  defineRefusal({
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'invalid-argument',
    title: 'two queries with one Id',
    exception: ['ValidationError', 'ValidationException'],
    source: reference(
      'MetricDataQuery',
      'Id: A short name used to tie this object to the results in the response. This name must be unique within a single call to GetMetricData.',
    ),
    needs,
    prepare(t) {
      const own = ownMetric(t);
      return () => metricData(t, [stat(own, 'a'), stat(own, 'a', 'Maximum')]);
    },
  }),
  defineCase({
    name: 'CloudWatch.ListMetrics / by namespace, name and dimension',
    operation: 'CloudWatch.ListMetrics',
    behaviour: 'filter',
    expected: 'the metric with its dimensions; none for another value of the dimension',
    source: reference(
      'ListMetrics',
      'Dimensions: The dimensions to filter against. Only the dimension with names that match exactly will be returned.',
    ),
    // "After you create a metric, allow up to 15 minutes for the metric to appear."
    needs: { ...needs, emulatorBecause: 'CloudWatch lists a new metric after up to 15 minutes' },
    async run(t) {
      const own = ownMetric(t);
      await putData(t, own, [{ Timestamp: minutesAgo(10), Value: 1 }]);
      const { Namespace, MetricName, Dimensions } = own;
      const listed = await t.eventually('the metric is listed', async () => {
        const { Metrics = [] } = await t.cloudwatch.send(
          new ListMetricsCommand({ Namespace, MetricName, Dimensions: [{ Name: 'Stage' }] }),
        );
        return Metrics.length > 0 ? Metrics : undefined;
      });
      t.same('Metrics', listed, [{ Namespace, MetricName, Dimensions }]);
      const { Metrics } = await t.cloudwatch.send(
        new ListMetricsCommand({
          Namespace,
          MetricName,
          Dimensions: [{ Name: 'Stage', Value: 'another' }],
        }),
      );
      t.same('of another value', Metrics, []);
    },
  }),
];
