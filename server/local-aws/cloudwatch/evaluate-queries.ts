import { CloudWatchError } from './cloudwatch-error.ts';
import { evaluateExpression, type Scope } from './evaluate-expression.ts';
import { parseExpression } from './expression-syntax.ts';
import { type MetricsProfile, visibleBefore } from './metric-clock.ts';
import type { Dimensions, MetricSource } from './metric-source.ts';
import type { GetMetricDataRequest, MetricDataQuery } from './requests.ts';
import { statisticReader } from './statistic.ts';
import type { TimeSeries } from './time-series.ts';
import { alignWindow, periodStartsOf } from './window.ts';

type MetricStat = NonNullable<MetricDataQuery['MetricStat']>;

/**
 * The series of every query by its id, computed when asked for, each once.
 * @returns a function that throws CloudWatchError (ValidationException) for a query that cannot be computed.
 */
export function queryEvaluator(
  request: GetMetricDataRequest,
  source: MetricSource,
  profile: MetricsProfile,
  nowMs: number,
): (query: MetricDataQuery) => TimeSeries {
  const queries = new Map(request.MetricDataQueries.map((query) => [query.Id, query]));
  const computed = new Map<string, TimeSeries>();
  const inProgress = new Set<string>();
  const visibleEndMs = visibleBefore(profile, nowMs);

  const readMetric = (stat: MetricStat): TimeSeries => {
    const { StartTime, EndTime } = request;
    const { startMs, endMs, periodMs } = alignWindow(StartTime, EndTime, stat.Period, profile);
    const readStatistic = statisticReader(stat.Stat);
    const metric = {
      namespace: stat.Metric.Namespace,
      metricName: stat.Metric.MetricName,
      dimensions: dimensionsOf(stat.Metric.Dimensions),
    };
    const values = new Map<number, number>();
    const readEndMs = Math.min(endMs, visibleEndMs);
    for (const point of source.read(metric, startMs, readEndMs, periodMs, stat.Unit)) {
      const value = readStatistic(point);
      if (value !== null) {
        values.set(point.startMs, value);
      }
    }
    return { periodMs, values };
  };

  const scope: Scope = {
    lookUp: (id) => {
      const query = queries.get(id);
      return query === undefined ? null : evaluate(query);
    },
    metrics: () =>
      new Map(
        [...queries.values()]
          .filter((query) => query.MetricStat !== undefined)
          .map((query) => [query.Id, evaluate(query)]),
      ),
    periodStarts: (periodMs) => {
      const window = alignWindow(request.StartTime, request.EndTime, periodMs / 1000, profile);
      return periodStartsOf({ ...window, endMs: Math.min(window.endMs, visibleEndMs) });
    },
  };

  function evaluate(query: MetricDataQuery): TimeSeries {
    const known = computed.get(query.Id);
    if (known !== undefined) {
      return known;
    }
    if (inProgress.has(query.Id)) {
      throw new CloudWatchError('ValidationException', `'${query.Id}' refers to itself.`);
    }
    inProgress.add(query.Id);
    const series =
      query.MetricStat !== undefined
        ? readMetric(query.MetricStat)
        : evaluateExpression(parseExpression(query.Expression ?? ''), scope);
    inProgress.delete(query.Id);
    computed.set(query.Id, series);
    return series;
  }

  return evaluate;
}

export function dimensionsOf(
  list: readonly { readonly Name: string; readonly Value: string }[],
): Dimensions {
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
}
