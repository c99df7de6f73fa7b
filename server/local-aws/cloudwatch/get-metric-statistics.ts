import { CloudWatchError } from './cloudwatch-error.ts';
import { dimensionsOf } from './evaluate-queries.ts';
import { type MetricClock, visibleBefore } from './metric-clock.ts';
import type { MetricSource } from './metric-source.ts';
import { getMetricStatisticsRequest, parseRequest } from './requests.ts';
import { statisticReader } from './statistic.ts';
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
  if (request.Statistics.length === 0 && request.ExtendedStatistics.length === 0) {
    throw new CloudWatchError(
      'InvalidParameterCombinationException',
      'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
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
  const points = source.read(metric, window.startMs, endMs, window.periodMs);
  return {
    Label: request.MetricName,
    Datapoints: points.map((point) => ({
      Timestamp: point.startMs / 1000,
      ...Object.fromEntries(request.Statistics.map((s) => [s, statisticReader(s)(point)])),
      Unit: request.Unit ?? 'None',
    })),
  };
}
