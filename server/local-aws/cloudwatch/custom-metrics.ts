import {
  type Datapoint,
  mergeDatapoints,
  mergeIntoPeriods,
} from '#server/local-aws/metering/datapoint.ts';
import { type MetricId, type MetricSource, matchesDimensions } from './metric-source.ts';
import type { Unit } from './unit.ts';

/** Datapoints of one metric in one unit, and metrics, that are kept at most; the oldest go first. */
const POINTS_PER_METRIC_MAX = 34_560;
const METRICS_MAX = 20_000;

/** Samples put together: one value is `sum = minimum = maximum`, `sampleCount` 1. */
export type Samples = Omit<Datapoint, 'startMs'>;

type Series = {
  readonly metric: MetricId;
  readonly pointsByUnit: Map<Unit, Map<number, Datapoint>>;
};

/**
 * Metrics that somebody puts, by base period: callers by PutMetricData, and services that play AWS's own.
 * Holds the newest 48 h of 5-second periods.
 */
export class CustomMetrics implements MetricSource {
  readonly #basePeriodMs: number;
  readonly #series = new Map<string, Series>();

  constructor(basePeriodMs: number) {
    this.#basePeriodMs = basePeriodMs;
  }

  put(metric: MetricId, timestampMs: number, samples: Samples, unit: Unit = 'None'): void {
    const { pointsByUnit } = this.#open(metric);
    const points = pointsByUnit.get(unit) ?? new Map<number, Datapoint>();
    pointsByUnit.set(unit, points);
    const startMs = Math.floor(timestampMs / this.#basePeriodMs) * this.#basePeriodMs;
    const held = points.get(startMs);
    points.set(
      startMs,
      held === undefined ? { startMs, ...samples } : mergeDatapoints(held, samples),
    );
    dropFirstBeyond(points, POINTS_PER_METRIC_MAX);
  }

  read(
    metric: MetricId,
    startMs: number,
    endMs: number,
    periodMs: number,
    unit?: Unit,
  ): readonly Datapoint[] {
    const pointsByUnit = this.#series.get(keyOf(metric))?.pointsByUnit ?? new Map<Unit, never>();
    const inWindow = [...pointsByUnit]
      .filter(([ofUnit]) => unit === undefined || ofUnit === unit)
      .flatMap(([, points]) => [...points.values()])
      .filter((point) => point.startMs >= startMs && point.startMs < endMs)
      .sort((a, b) => a.startMs - b.startMs);
    return mergeIntoPeriods(inWindow, periodMs);
  }

  unitsOf(metric: MetricId): readonly Unit[] {
    return [...(this.#series.get(keyOf(metric))?.pointsByUnit.keys() ?? [])];
  }

  list(filter: Parameters<MetricSource['list']>[0]): readonly MetricId[] {
    return [...this.#series.values()]
      .map(({ metric }) => metric)
      .filter(
        (metric) =>
          (filter.namespace === undefined || filter.namespace === metric.namespace) &&
          (filter.metricName === undefined || filter.metricName === metric.metricName) &&
          matchesDimensions(metric, filter),
      );
  }

  #open(metric: MetricId): Series {
    const key = keyOf(metric);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { metric, pointsByUnit: new Map() };
      this.#series.set(key, series);
      dropFirstBeyond(this.#series, METRICS_MAX);
    }
    return series;
  }
}

function keyOf({ namespace, metricName, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}

function dropFirstBeyond(map: Map<unknown, unknown>, max: number): void {
  if (map.size > max) {
    map.delete(map.keys().next().value);
  }
}
