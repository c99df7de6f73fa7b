import { formatDay, formatPeriod, formatPeriodUnder, type Zone } from '#lib/format/time.ts';
import type { ChartLine, ChartModel } from './chart-model.ts';
import { formatValue } from './format-value.ts';

/**
 * Which period the figures at `index` are of, with its day where that is not the last one's.
 * @param headMs of a head that names the zone as it is called then; left out: none does
 * @example '12:04:05–12:04:10 UTC' @example '11-21 12:00:00–12:05:00 UTC' @example '12:00:00–12:05:00 UTC, 100 s of it so far'
 */
export function periodWords(
  model: ChartModel,
  index: number,
  zone?: Zone,
  headMs?: number,
): string {
  const startMs = model.periodStartMs[index];
  if (startMs === undefined) return 'no period';
  const lastMs = model.periodStartMs.at(-1) ?? startMs;
  const day = formatDay(startMs, zone);
  const words =
    headMs === undefined
      ? formatPeriod(startMs, model.periodSeconds, zone)
      : formatPeriodUnder(headMs, startMs, model.periodSeconds, zone);
  const dated = day === formatDay(lastMs, zone) ? words : `${day.slice(5)} ${words}`;
  return isPartial(model, index) ? `${dated}, ${model.partialSeconds} s of it so far` : dated;
}

/** Whether the period at `index` is not over. */
export function isPartial(model: ChartModel, index: number): boolean {
  return model.partialSeconds !== null && index === model.periodStartMs.length - 1;
}

/** The figures of one period in words. @example '12:04:05–12:04:10 UTC: …0003 0.97 MiB/s, …0007 51 KiB/s' */
export function describePeriod(model: ChartModel, index: number, zone?: Zone): string {
  if (model.periodStartMs[index] === undefined) return 'no period';
  const figures = model.lines
    .map((line) => `${line.label} ${formatValue(model.unit, line.values[index] ?? null)}`)
    .join(', ');
  const demand = demandWords(model, index);
  const more = demand === null ? '' : `; ${demand}`;
  return `${periodWords(model, index, zone)}: ${figures === '' ? 'nothing' : figures}${more}`;
}

/**
 * What was wanted in a period in which something was refused: Kinesis counts what it took, so it is that or more.
 * null where nothing was refused.
 * @example 'demand of …0003 ≥ 1.00 MiB/s, as records were refused'
 */
export function demandWords(model: ChartModel, index: number): string | null {
  const wanting = model.lines.filter((line) => wantsMore(line, index));
  if (wanting.length === 0) return null;
  const each = wanting.map(
    (line) => `${line.label} ≥ ${formatValue(model.unit, line.values[index] ?? null)}`,
  );
  return `demand of ${each.join(', ')}, as records were refused`;
}

/** Whether more was wanted of `line` than its value says. */
export function wantsMore(line: ChartLine, index: number): boolean {
  return (line.refused?.[index] ?? 0) > 0 && (line.values[index] ?? null) !== null;
}

/** The chart in one sentence: title, limits and the newest period. */
export function describeChart(model: ChartModel, zone?: Zone): string {
  const last = model.periodStartMs.length - 1;
  if (last < 0) return `${model.title}: nothing has been read yet`;
  const limits = model.limits.map((limit) => limit.label).join(', ');
  const against = limits === '' ? '' : `, against the ${limits}`;
  return `${model.title}${against}. Newest period ${describePeriod(model, last, zone)}`;
}
