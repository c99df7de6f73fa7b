/** What the values of a chart count. */
export type ChartUnit = 'bytesPerSecond' | 'recordsPerSecond' | 'records';

/** A line of a chart. `values` run beside the periods of its model; null is a gap. */
export type ChartLine = {
  readonly key: string;
  /** Short, for the legend. */
  readonly label: string;
  /** Whole, for those who hover over or hear it. */
  readonly title: string;
  /** Place in the palette, 0 .. 7. */
  readonly slot: number;
  readonly values: readonly (number | null)[];
};

/** A limit that the lines are held against. It may move, as the number of shards does. */
export type ChartLimit = {
  readonly key: string;
  readonly label: string;
  readonly values: readonly (number | null)[];
};

/** All that a chart draws; components decide nothing. */
export type ChartModel = {
  readonly title: string;
  readonly unit: ChartUnit;
  /** `stacked`: counts of periods as columns, one on the other. */
  readonly shape: 'lines' | 'stacked';
  readonly periodSeconds: number;
  readonly periodStartMs: readonly number[];
  /** What the x axis spans, epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly lines: readonly ChartLine[];
  readonly limits: readonly ChartLimit[];
  /** Top of the y axis; its bottom is 0. */
  readonly yMax: number;
};
