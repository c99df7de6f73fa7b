import type { Samples } from '#server/local-aws/cloudwatch/custom-metrics.ts';
import type { MetricId } from '#server/local-aws/cloudwatch/metric-source.ts';
import { samplesOfValues } from '#server/local-aws/cloudwatch/samples.ts';
import type { Unit } from '#server/local-aws/cloudwatch/unit.ts';

/** Where a service puts the metrics that CloudWatch shows of it. */
export type MetricSink = {
  put(metric: MetricId, timestampMs: number, samples: Samples, unit: Unit): void;
};

/** The metrics of one resource: one sample a call. */
export class ServiceMetrics {
  readonly #sink: MetricSink;
  readonly #of: Omit<MetricId, 'metricName'>;

  constructor(sink: MetricSink, of: Omit<MetricId, 'metricName'>) {
    this.#sink = sink;
    this.#of = of;
  }

  sample(metricName: string, nowMs: number, value: number, unit: Unit): void {
    this.#sink.put({ ...this.#of, metricName }, nowMs, samplesOfValues([[value, 1]]), unit);
  }
}
