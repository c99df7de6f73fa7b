import type { MetricDataQuery } from './requests.ts';

/** What CloudWatch would have charged since the world began. */
export type ChargedMetrics = {
  /** Calls of GetMetricData that were answered, each page for itself. */
  readonly calls: number;
  /** Metrics that they asked for: what is charged, however many datapoints came back. */
  readonly metrics: number;
  /** By the stream that a metric is of. */
  readonly metricsByStream: Readonly<Record<string, number>>;
};

/** Counts what GetMetricData is charged for: the metrics of each call. Expressions over them are free. */
export class MetricsTill {
  #calls = 0;
  #metrics = 0;
  readonly #byStream = new Map<string, number>();

  charge(queries: readonly MetricDataQuery[]): void {
    this.#calls += 1;
    for (const { MetricStat } of queries) {
      if (MetricStat === undefined) continue;
      this.#metrics += 1;
      const stream = MetricStat.Metric.Dimensions?.find(({ Name }) => Name === 'StreamName')?.Value;
      if (stream !== undefined) this.#byStream.set(stream, (this.#byStream.get(stream) ?? 0) + 1);
    }
  }

  read(): ChargedMetrics {
    return {
      calls: this.#calls,
      metrics: this.#metrics,
      metricsByStream: Object.fromEntries(this.#byStream),
    };
  }
}
