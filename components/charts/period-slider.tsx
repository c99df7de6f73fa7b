'use client';

import type { ChartModel } from '#lib/charts/chart-model.ts';
import { describePeriod } from '#lib/charts/describe-chart.ts';
import { useChartCursor, useCursorPeriod } from './chart-group.tsx';
import classes from './period-slider.module.css';

/** Walks the periods of a chart by keyboard: what the pointer does on the canvas. Seen while it has the focus. */
export function PeriodSlider({ model }: { model: ChartModel }) {
  const cursor = useChartCursor();
  const pointed = useCursorPeriod();
  const last = model.periodStartMs.length - 1;
  if (last < 0) return null;
  const at = pointed === null ? -1 : model.periodStartMs.indexOf(pointed);
  const index = at >= 0 ? at : last;
  return (
    <input
      type="range"
      className={classes.slider}
      aria-label={`Period shown by ${model.title}`}
      aria-valuetext={describePeriod(model, index)}
      min={0}
      max={last}
      value={index}
      onChange={(event) => cursor.set(model.periodStartMs[Number(event.target.value)] ?? null)}
      onBlur={() => cursor.set(null)}
    />
  );
}
