import type { Line } from './stream-history.ts';

/** What the values of a chart count. `share` is 0 .. 1, shown as percent; `shards` come in parts where a load fills them. */
export type ChartUnit =
  | 'bytesPerSecond'
  | 'recordsPerSecond'
  | 'records'
  | 'calls'
  | 'milliseconds'
  | 'share'
  | 'shards';

/** A line of a chart. `values` run beside the periods of its model; null is a gap. */
export type ChartLine = {
  readonly key: string;
  /** Short, for the legend. */
  readonly label: string;
  /** Whole, for those who hover over or hear it. */
  readonly title: string;
  /** Place in the palette, 0 .. 7. */
  readonly slot: number;
  readonly values: Line;
  /**
   * What was refused of it in each period. Where that is more than nothing, more was wanted than `values` say, as
   * Kinesis counts what it took. Absent where values are no demand.
   */
  readonly refused?: Line;
};

/** A limit that the lines are held against. It may move, as the number of shards does. */
export type ChartLimit = {
  readonly key: string;
  readonly label: string;
  readonly values: Line;
};

/** Whether a line has a value at all: one of gaps alone draws nothing. */
export function hasValue({ values }: ChartLine): boolean {
  return values.some((value) => value !== null);
}

/** All that a chart draws; components decide nothing. */
export type ChartModel = {
  /** Names the chart among those of a page. */
  readonly key: string;
  readonly title: string;
  /** The metric and statistic that it is made of, as CloudWatch calls them; else what it is made of, in words. */
  readonly source: string;
  /** It is not CloudWatch that counted. */
  readonly isOwnCount?: boolean;
  readonly unit: ChartUnit;
  /** `stacked`: counts of periods as columns, one on the other. */
  readonly shape: 'lines' | 'stacked';
  readonly periodSeconds: number;
  readonly periodStartMs: readonly number[];
  /** How much of the last period the values are of, seconds, where it is not over. */
  readonly partialSeconds: number | null;
  /** What the x axis spans, epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly lines: readonly ChartLine[];
  readonly limits: readonly ChartLimit[];
  /** A limit that lies so far above the values that drawing it would flatten them: said in words instead. */
  readonly limitAbove: string | null;
  /** Bottom and top of the y axis. */
  readonly yMin: number;
  readonly yMax: number;
  /** The first two lines bound an interval: what lies between them is filled. */
  readonly fillsBetween?: boolean;
};
