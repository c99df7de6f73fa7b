import type { MetricClock } from './metric-clock.ts';
import type { MetricFilter, MetricId, MetricSource } from './metric-source.ts';
import { encodePageToken, openPage } from './page-token.ts';
import { listMetricsRequest, parseRequest } from './requests.ts';

/** Of one call. Source: API reference, ListMetrics. */
const PAGE_SIZE = 500;

/** What `RecentlyActive: PT3H` means. */
const RECENT_MS = 3 * 3_600_000;

/** ListMetrics: metrics that have datapoints, 500 a page. */
export function listMetrics(body: unknown, source: MetricSource, { clock, profile }: MetricClock) {
  const request = parseRequest(listMetricsRequest, body);
  const page = openPage(request, clock.nowMs());
  const filter: MetricFilter = {
    namespace: request.Namespace,
    metricName: request.MetricName,
    dimensions: request.Dimensions.map(({ Name, Value }) => ({ name: Name, value: Value ?? null })),
  };
  const isWanted = (metric: MetricId) =>
    request.RecentlyActive === undefined ||
    source.read(metric, page.nowMs - RECENT_MS, page.nowMs, profile.basePeriodMs).length > 0;
  const found = source.list(filter).filter(isWanted);
  const upTo = page.skip + PAGE_SIZE;
  return {
    Metrics: found.slice(page.skip, upTo).map((metric) => ({
      Namespace: metric.namespace,
      MetricName: metric.metricName,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    OwningAccounts: [],
    ...(upTo < found.length && { NextToken: encodePageToken({ ...page, skip: upTo }) }),
  };
}
