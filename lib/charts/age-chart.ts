import { formatRetention } from '#lib/format/retention.ts';
import type { ChartLine, ChartModel } from './chart-model.ts';
import type { chartSpan } from './chart-span.ts';
import { isFarAbove, yMax } from './y-scale.ts';

const HOUR_MS = 3_600_000;

/** Lowest top of the scale: readers that keep up are some hundred milliseconds behind. */
const TOP_MS_MIN = 1_000;

/** How far readers are behind, against retention: what is older is lost. */
export function ageChart(
  span: ReturnType<typeof chartSpan>,
  retentionHours: number,
  chart: Pick<ChartModel, 'key' | 'title' | 'source'> & { readonly lines: readonly ChartLine[] },
): ChartModel {
  const retentionMs = retentionHours * HOUR_MS;
  const label = `retention ${formatRetention(retentionHours)}`;
  const limit = {
    key: 'retention',
    label,
    values: span.periodStartMs.map(() => retentionMs),
  };
  const above = isFarAbove(chart.lines, [limit]);
  return {
    ...chart,
    ...span,
    unit: 'milliseconds',
    shape: 'lines',
    limits: above ? [] : [limit],
    limitAbove: above ? label : null,
    yMin: 0,
    yMax: yMax(chart.lines, above ? [] : [limit], TOP_MS_MIN),
  };
}
