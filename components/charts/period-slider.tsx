'use client';

import type { KeyboardEvent } from 'react';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { describePeriod } from '#lib/charts/describe-chart.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useChartCursor, useChartTime, useShownPeriod } from './chart-group.tsx';
import classes from './period-slider.module.css';

/**
 * Walks the periods of a chart by keyboard, and zooms: what the pointer does on the canvas. `+` shows half of the
 * range around the period, `-` twice of it. Seen while it has the focus.
 */
export function PeriodSlider({ model }: { model: ChartModel }) {
  const cursor = useChartCursor();
  const { onSpan } = useChartTime();
  const zone = useZone();
  const pointed = useShownPeriod();
  const last = model.periodStartMs.length - 1;
  if (last < 0) return null;
  const at = pointed === null ? -1 : model.periodStartMs.indexOf(pointed);
  const index = at >= 0 ? at : last;

  const zoom = (event: KeyboardEvent) => {
    const factor = event.key === '+' ? 0.5 : event.key === '-' ? 2 : null;
    if (factor === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const centreMs = model.periodStartMs[index] ?? model.toMs;
    const halfMs = ((model.toMs - model.fromMs) * factor) / 2;
    onSpan(centreMs - halfMs, centreMs + halfMs);
  };

  return (
    <input
      type="range"
      className={classes.slider}
      aria-label={`Period shown by ${model.title}`}
      aria-description="Plus and minus change the time range around it."
      aria-keyshortcuts="+ -"
      aria-valuetext={describePeriod(model, index, zone)}
      min={0}
      max={last}
      value={index}
      onKeyDown={zoom}
      onChange={(event) => cursor.set(model.periodStartMs[Number(event.target.value)] ?? null)}
      onBlur={() => cursor.set(null)}
    />
  );
}
