import { formatPeriod } from '#lib/format/time.ts';
import type { ChartModel } from './chart-model.ts';
import { formatValue } from './format-value.ts';

/** The figures of one period in words. @example '12:04:05–12:04:10 UTC: …0003 0.97 MiB/s, …0007 51 KiB/s' */
export function describePeriod(model: ChartModel, index: number): string {
  const startMs = model.periodStartMs[index];
  if (startMs === undefined) return 'no period';
  const figures = model.lines
    .map((line) => `${line.label} ${formatValue(model.unit, line.values[index] ?? null)}`)
    .join(', ');
  return `${formatPeriod(startMs, model.periodSeconds)}: ${figures === '' ? 'nothing' : figures}`;
}

/** The chart in one sentence: title, limits and the newest period. */
export function describeChart(model: ChartModel): string {
  const last = model.periodStartMs.length - 1;
  if (last < 0) return `${model.title}: nothing has been read yet`;
  const limits = model.limits.map((limit) => limit.label).join(', ');
  const against = limits === '' ? '' : `, against the ${limits}`;
  return `${model.title}${against}. Newest period ${describePeriod(model, last)}`;
}
