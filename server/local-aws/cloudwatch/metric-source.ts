import type { Datapoint } from '#server/local-aws/metering/meter.ts';
import type { Unit } from './unit.ts';

/** Dimensions by name; their order says nothing. */
export type Dimensions = Readonly<Record<string, string>>;

/** Which metric: the same name with other dimensions is another metric. */
export type MetricId = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
};

export type MetricFilter = {
  readonly namespace?: string | undefined;
  readonly metricName?: string | undefined;
  /** Each has to be there; a value of null takes any. */
  readonly dimensions: readonly { readonly name: string; readonly value: string | null }[];
};

/** Where datapoints of a namespace come from. */
export type MetricSource = {
  /**
   * Datapoints of base periods that start in [startMs, endMs), merged into periods of `periodMs`, a
   * multiple of the base period; ascending, without those that hold no sample.
   */
  read(
    metric: MetricId,
    startMs: number,
    endMs: number,
    periodMs: number,
    /** Only what was measured in this unit; left out: whatever the unit. */
    unit?: Unit,
  ): readonly Datapoint[];
  /** The units that there are datapoints in; none where the metric is not known. */
  unitsOf(metric: MetricId): readonly Unit[];
  list(filter: MetricFilter): readonly MetricId[];
};

export function matchesDimensions(metric: MetricId, filter: MetricFilter): boolean {
  return filter.dimensions.every(({ name, value }) => {
    const actual = metric.dimensions[name];
    return actual !== undefined && (value === null || value === actual);
  });
}
