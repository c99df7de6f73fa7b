import { WireTime } from '#server/local-aws/wire/wire-value.ts';
import type { MetricsTill } from './charged-metrics.ts';
import { CloudWatchError } from './cloudwatch-error.ts';
import { defaultLabels } from './default-label.ts';
import { queryEvaluator } from './evaluate-queries.ts';
import type { MetricClock } from './metric-clock.ts';
import type { MetricSource } from './metric-source.ts';
import { encodePageToken, openPage } from './page-token.ts';
import {
  type GetMetricDataRequest,
  getMetricDataRequest,
  type MetricDataQuery,
  parseRequest,
} from './requests.ts';
import type { TimeSeries } from './time-series.ts';
import { requireOrder } from './window.ts';

/** Of one call. Source: API reference, GetMetricData. */
const QUERIES_MAX = 500;
const DATAPOINTS_MAX = 100_800;

type Result = {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly WireTime[];
  readonly Values: readonly number[];
  readonly StatusCode: 'Complete' | 'PartialData';
};

/** GetMetricData: up to 500 metrics and expressions, up to 100,800 datapoints a page. */
export function getMetricData(
  body: unknown,
  source: MetricSource,
  { clock, profile }: MetricClock,
  till?: MetricsTill,
) {
  const request = parseRequest(getMetricDataRequest, body);
  requireOrder(request.StartTime, request.EndTime);
  requireQueries(request.MetricDataQueries);
  const page = openPage(request, clock.nowMs());
  till?.charge(request.MetricDataQueries);
  const evaluate = queryEvaluator(request, source, profile, page.nowMs);
  const labelOf = defaultLabels(request.MetricDataQueries);
  const shown = request.MetricDataQueries.filter((query) => query.ReturnData);
  const budget = Math.min(request.MaxDatapoints ?? DATAPOINTS_MAX, DATAPOINTS_MAX);

  const results: Result[] = [];
  let toSkip = page.skip;
  let left = budget;
  let isMore = false;
  for (const query of shown) {
    const points = ordered(evaluate(query), request.ScanBy);
    const skipped = Math.min(toSkip, points.length);
    toSkip -= skipped;
    const taken = points.slice(skipped, skipped + left);
    const isPartial = skipped + taken.length < points.length;
    left -= taken.length;
    isMore ||= isPartial;
    // What an earlier page has answered to its end is not repeated.
    if (skipped > 0 && taken.length === 0 && !isPartial) {
      continue;
    }
    results.push({
      Id: query.Id,
      Label: query.Label ?? labelOf(query),
      Timestamps: taken.map(([time]) => new WireTime(time)),
      Values: taken.map(([, value]) => value),
      StatusCode: isPartial ? 'PartialData' : 'Complete',
    });
  }
  return {
    MetricDataResults: results,
    Messages: [],
    ...(isMore && { NextToken: encodePageToken({ ...page, skip: page.skip + budget }) }),
  };
}

function ordered(series: TimeSeries, scanBy: GetMetricDataRequest['ScanBy']): [number, number][] {
  const points = [...series.values];
  return scanBy === 'TimestampAscending' ? points : points.reverse();
}

function requireQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length > QUERIES_MAX) {
    throw new CloudWatchError(
      'ValidationException',
      `The collection MetricDataQueries must not have a size greater than ${QUERIES_MAX}.`,
    );
  }
  if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
    throw new CloudWatchError(
      'ValidationException',
      'The values for parameter id in MetricDataQueries are not unique.',
    );
  }
  const faulty = queries.find((q) => (q.MetricStat === undefined) === (q.Expression === undefined));
  if (faulty !== undefined) {
    throw new CloudWatchError(
      'ValidationException',
      `MetricDataQuery '${faulty.Id}' has to have either MetricStat or Expression.`,
    );
  }
}
