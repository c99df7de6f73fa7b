import type { MetricDataQuery } from './requests.ts';

/**
 * Labels of the queries that bring none: the metric's name, with the dimensions in front that tell it
 * from the others of the request; an expression's is its text.
 */
export function defaultLabels(
  queries: readonly MetricDataQuery[],
): (query: MetricDataQuery) => string {
  const seen = new Map<string, Set<string>>();
  for (const { MetricStat } of queries) {
    for (const { Name, Value } of MetricStat?.Metric.Dimensions ?? []) {
      const values = seen.get(Name) ?? new Set();
      seen.set(Name, values.add(Value));
    }
  }
  const tellsApart = (name: string) => (seen.get(name)?.size ?? 0) > 1;
  return ({ Id, MetricStat, Expression }) => {
    if (MetricStat === undefined) {
      return Expression ?? Id;
    }
    const { MetricName, Dimensions } = MetricStat.Metric;
    const apart = Dimensions.filter(({ Name }) => tellsApart(Name)).map(({ Value }) => Value);
    return [...apart, MetricName].join(' ');
  };
}
