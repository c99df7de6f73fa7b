import type { MetricClock } from './metric-clock.ts';
import type { MetricFilter, MetricId, MetricSource } from './metric-source.ts';
import { encodePageToken, openPage } from './page-token.ts';
import { listMetricsRequest, parseRequest } from './requests.ts';

/** Of one call. Source: API reference, ListMetrics. */
const PAGE_SIZE = 500;

/** What `RecentlyActive: PT3H` means. */
const RECENT_MS = 3 * 3_600_000;

/**
 * ListMetrics: metrics that have datapoints, 500 a page. A page says by its token where it ended in the list of all;
 * so each metric is looked at once, and the last page may be empty.
 */
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
  const all = source.list(filter);
  const found: MetricId[] = [];
  let at = page.skip;
  for (; at < all.length && found.length < PAGE_SIZE; at += 1) {
    const metric = all[at];
    if (metric !== undefined && isWanted(metric)) {
      found.push(metric);
    }
  }
  return {
    Metrics: found.map((metric) => ({
      Namespace: metric.namespace,
      MetricName: metric.metricName,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    OwningAccounts: [],
    ...(at < all.length && { NextToken: encodePageToken({ ...page, skip: at }) }),
  };
}
