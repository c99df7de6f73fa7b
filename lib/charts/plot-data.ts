import type { ChartModel } from './chart-model.ts';
import { stack } from './stack.ts';

/**
 * Columns for the plot: x in epoch seconds at the middle of each period, then a column for each of
 * `plotColumns`. Columns that stand one on the other come topmost first, as each is drawn over the last.
 */
export function plotData(model: ChartModel): [number[], ...(number | null)[][]] {
  const middle = model.periodSeconds / 2;
  const x = model.periodStartMs.map((ms) => ms / 1_000 + middle);
  const tops =
    model.shape === 'stacked' ? stack(model.lines) : model.lines.map(({ values }) => values);
  const lines = plotColumns(model).map((i) => [...(tops[i] ?? [])]);
  return [x, ...lines, ...model.limits.map(({ values }) => [...values])];
}

/** Index of the line that each column of `plotData` after x draws; limits follow them. */
export function plotColumns(model: ChartModel): readonly number[] {
  const order = model.lines.map((_, i) => i);
  return model.shape === 'stacked' ? order.reverse() : order;
}

/** Text that is equal for two models exactly where the same plot can draw both. */
export function plotSignature(model: ChartModel): string {
  return JSON.stringify([
    model.title,
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
