import type { ChartLine, ChartModel } from './chart-model.ts';
import type { chartSpan } from './chart-span.ts';
import { stackTop } from './stack.ts';
import { yMax } from './y-scale.ts';

/** Lowest top of the scale, records or calls: a single refusal must not fill the chart. */
const TOP_MIN = 10;

type Counts = Pick<ChartModel, 'key' | 'title' | 'source'> & {
  readonly unit: 'records' | 'calls';
  readonly lines: readonly ChartLine[];
};

/** What was refused in each period, one line on the other: a count, against which there is no limit. */
export function countChart(span: ReturnType<typeof chartSpan>, counts: Counts): ChartModel {
  return {
    ...counts,
    ...span,
    shape: 'stacked',
    limits: [],
    limitAbove: null,
    yMin: 0,
    yMax: yMax([{ values: stackTop(counts.lines) }], [], TOP_MIN),
  };
}
