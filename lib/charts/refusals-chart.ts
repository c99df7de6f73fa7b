import type { ChartLine, ChartModel } from './chart-model.ts';
import type { chartSpan } from './chart-span.ts';
import { stackTop } from './stack.ts';
import { yMax } from './y-max.ts';

/** Lowest top of the scale, records: a single refusal must not fill the chart. */
const TOP_MIN = 10;

/** Records refused per period, one line on the other: a count, against which there is no limit. */
export function refusalsChart(
  span: ReturnType<typeof chartSpan>,
  lines: readonly ChartLine[],
): ChartModel {
  return {
    title: 'Records refused per period',
    unit: 'records',
    shape: 'stacked',
    ...span,
    lines,
    limits: [],
    yMax: yMax([{ values: stackTop(lines) }], [], TOP_MIN),
  };
}
