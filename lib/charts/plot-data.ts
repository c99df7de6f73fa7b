import type { ChartModel } from './chart-model.ts';
import { stack } from './stack.ts';

/**
 * Columns for the plot: x in epoch seconds at the middle of each period, then a column for each of
 * `plotColumns`. Columns that stand one on the other come topmost first, as each is drawn over the last.
 */
export function plotData(model: ChartModel): [number[], ...(number | null)[][]] {
  const x = model.periodStartMs.map((_, i) => middleOf(model, i));
  const tops =
    model.shape === 'stacked' ? stack(model.lines) : model.lines.map(({ values }) => values);
  const lines = plotColumns(model).map((i) => solid(model, tops[i] ?? []));
  return [x, ...lines, ...model.limits.map(({ values }) => [...values])];
}

/** Middle of the period at `index`, as far as it has come, epoch seconds. */
export function middleOf(model: ChartModel, index: number): number {
  const startMs = model.periodStartMs[index] ?? 0;
  const isLast = index === model.periodStartMs.length - 1;
  const seconds = isLast ? (model.partialSeconds ?? model.periodSeconds) : model.periodSeconds;
  return startMs / 1_000 + seconds / 2;
}

/** A line is not drawn into a period that is not over: that end is drawn open, by hand. Columns are. */
function solid(model: ChartModel, values: readonly (number | null)[]): (number | null)[] {
  if (model.partialSeconds === null || model.shape === 'stacked') return [...values];
  return values.map((value, i) => (i === values.length - 1 ? null : value));
}

/** Index of the line that each column of `plotData` after x draws; limits follow them. */
export function plotColumns(model: ChartModel): readonly number[] {
  const order = model.lines.map((_, i) => i);
  return model.shape === 'stacked' ? order.reverse() : order;
}

/** Text that is equal for two models exactly where the same plot can draw both. */
export function plotSignature(model: ChartModel): string {
  return JSON.stringify([
    model.key,
    model.unit,
    model.shape,
    model.lines.map((line) => [line.key, line.slot]),
    model.limits.map((limit) => limit.label),
  ]);
}

/** Indices of values without a neighbour on either side: a line cannot show them, so they become points. */
export function lonelyIndices(values: ArrayLike<number | null | undefined>): number[] {
  const lonely: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) lonely.push(i);
  }
  return lonely;
}
