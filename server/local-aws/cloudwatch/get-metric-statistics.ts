import type { Datapoint } from '#server/local-aws/metering/meter.ts';
import { WireTime } from '#server/local-aws/wire/wire-value.ts';
import { CloudWatchError } from './cloudwatch-error.ts';
import { dimensionsOf } from './evaluate-queries.ts';
import { type MetricClock, visibleBefore } from './metric-clock.ts';
import type { MetricSource } from './metric-source.ts';
import { getMetricStatisticsRequest, parseRequest } from './requests.ts';
import { type ReadStatistic, statisticReader } from './statistic.ts';
import { alignWindow, requireOrder } from './window.ts';

/** Of one call. Source: API reference, GetMetricStatistics. */
const DATAPOINTS_MAX = 1_440;

/** GetMetricStatistics: one metric, several statistics; CloudWatch promises no order of its datapoints. */
export function getMetricStatistics(
  body: unknown,
  source: MetricSource,
  { clock, profile }: MetricClock,
) {
  const request = parseRequest(getMetricStatisticsRequest, body);
  requireOrder(request.StartTime, request.EndTime);
  const { Statistics, ExtendedStatistics } = request;
  if ((Statistics.length === 0) === (ExtendedStatistics.length === 0)) {
    throw new CloudWatchError(
      'InvalidParameterCombinationException',
      'Either Statistics or ExtendedStatistics must be specified, but not both.',
    );
  }
  const window = alignWindow(request.StartTime, request.EndTime, request.Period, profile);
  const asked = (window.endMs - window.startMs) / window.periodMs;
  if (asked > DATAPOINTS_MAX) {
    throw new CloudWatchError(
      'InvalidParameterCombinationException',
      `You have requested up to ${asked} datapoints, which exceeds the limit of ${DATAPOINTS_MAX}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const metric = {
    namespace: request.Namespace,
    metricName: request.MetricName,
    dimensions: dimensionsOf(request.Dimensions),
  };
  const endMs = Math.min(window.endMs, visibleBefore(profile, clock.nowMs()));
  const statistics = Statistics.map((name) => [name, statisticReader(name)] as const);
  const extended = ExtendedStatistics.map((name) => [name, statisticReader(name)] as const);
  // A datapoint has one unit: what was measured in two is two datapoints.
  const units = request.Unit === undefined ? source.unitsOf(metric) : [request.Unit];
  return {
    Label: request.MetricName,
    Datapoints: units.flatMap((unit) =>
      source.read(metric, window.startMs, endMs, window.periodMs, unit).map((point) => ({
        Timestamp: new WireTime(point.startMs),
        ...valuesOf(statistics, point),
        ...(extended.length > 0 && { ExtendedStatistics: valuesOf(extended, point) }),
        Unit: unit,
      })),
    ),
  };
}

/** Statistics that are not known of this datapoint are left out. */
function valuesOf(
  statistics: readonly (readonly [name: string, read: ReadStatistic])[],
  point: Datapoint,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    statistics.flatMap(([name, read]) => {
      const value = read(point);
      return value === null ? [] : [[name, value]];
    }),
  );
}
