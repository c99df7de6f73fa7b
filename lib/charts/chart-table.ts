import { type Zone, zoneName } from '#lib/format/time.ts';
import type { ChartModel } from './chart-model.ts';
import { periodWords, wantsMore } from './describe-chart.ts';
import { formatValue } from './format-value.ts';

/** A period of a chart as a row of a table: what the canvas shows, in words. */
export type ChartTableRow = {
  readonly periodStartMs: number;
  /** Under `chartTablePeriodHead`, which names the zone. */
  readonly period: string;
  /** One for each line, then one for each limit. */
  readonly cells: readonly string[];
};

/** Head of the column of periods. */
export function chartTablePeriodHead(model: ChartModel, zone: Zone): string {
  return `Period, ${zoneName(zone, model.toMs)}`;
}

/** Heads of the columns after the period. */
export function chartTableHeads(model: ChartModel): readonly string[] {
  return [...model.lines, ...model.limits].map(({ label }) => label);
}

/** The row at `place` from the newest period back; null beyond the oldest. */
export function chartTableRow(model: ChartModel, place: number, zone: Zone): ChartTableRow | null {
  const index = model.periodStartMs.length - 1 - place;
  const periodStartMs = model.periodStartMs[index];
  if (periodStartMs === undefined) return null;
  const ofLines = model.lines.map((line) => {
    const text = formatValue(model.unit, line.values[index] ?? null);
    return wantsMore(line, index) ? `${text} (demand ≥)` : text;
  });
  const ofLimits = model.limits.map(({ values }) => formatValue(model.unit, values[index] ?? null));
  return {
    periodStartMs,
    period: periodWords(model, index, zone, model.toMs),
    cells: [...ofLines, ...ofLimits],
  };
}
