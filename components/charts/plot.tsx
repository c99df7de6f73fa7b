'use client';

import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { describeChart } from '#lib/charts/describe-chart.ts';
import { plotData, plotSignature } from '#lib/charts/plot-data.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useChartCursor, useChartTime } from './chart-group.tsx';
import classes from './plot.module.css';
import { readPlotColors } from './plot-colors.ts';
import { plotOptions } from './plot-options.ts';

type PlotProps = {
  model: ChartModel;
  /** CSS pixels. */
  height: number;
  /** Key of the line that stands out. */
  isolatedKey: string | null;
};

/** A canvas that draws `model`; values are read in the legend beside it, or in the table behind it. */
export function Plot({ model, height, isolatedKey }: PlotProps) {
  const { ref: measureRef, width } = useElementSize<HTMLDivElement>();
  const hostRef = useRef<HTMLDivElement>(null);
  const plotRef = useRef<uPlot | null>(null);
  const modelRef = useRef(model);
  const cursor = useChartCursor();
  const { markMs, onSpan } = useChartTime();
  const markRef = useRef(markMs);
  const zone = useZone();
  const scheme = useComputedColorScheme('dark');
  const signature = plotSignature(model);
  const measured = width > 0;

  const startPlot = useEffectEvent((host: HTMLElement) => {
    const colors = readPlotColors(host);
    const options = plotOptions({
      current: () => modelRef.current,
      mark: () => markRef.current,
      colors,
      zone,
      width,
      height,
      isolatedKey,
      onPeriod: cursor.set,
      onSpan: tellSpan,
    });
    return new uPlot(options, plotData(modelRef.current), host);
  });
  // The plot outlives the handler that it was made with.
  const tellSpan = useEffectEvent((fromMs: number, toMs: number) => onSpan(fromMs, toMs));

  useEffect(() => {
    modelRef.current = model;
    plotRef.current?.setData(plotData(model));
  }, [model]);

  useEffect(() => {
    markRef.current = markMs;
    plotRef.current?.redraw(false);
  }, [markMs]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these decide what options a plot has; uPlot cannot change them later
  useEffect(() => {
    const host = hostRef.current;
    if (host === null || !measured) return;
    const plot = startPlot(host);
    plotRef.current = plot;
    return () => {
      plotRef.current = null;
      plot.destroy();
    };
  }, [signature, scheme, isolatedKey, zone, measured]);

  useEffect(
    () =>
      cursor.onChange(() => {
        if (plotRef.current !== null) pointAt(plotRef.current, modelRef.current, cursor.get());
      }),
    [cursor],
  );

  useEffect(() => {
    if (width > 0) plotRef.current?.setSize({ width, height });
  }, [width, height]);

  return (
    <div ref={measureRef} className={classes.plot} style={{ height }}>
      <div
        ref={hostRef}
        role="img"
        aria-label={describeChart(model, zone)}
        onPointerLeave={() => cursor.set(null)}
      />
    </div>
  );
}

/** Puts the crosshair on a period that was chosen elsewhere: on another plot or by keyboard. */
function pointAt(plot: uPlot, model: ChartModel, periodStartMs: number | null): void {
  const index = periodStartMs === null ? -1 : model.periodStartMs.indexOf(periodStartMs);
  const x = plot.data[0][index];
  if (x === undefined) {
    plot.setCursor({ left: -10, top: -10 }, false);
  } else if (plot.cursor.idx !== index) {
    plot.setCursor({ left: plot.valToPos(x, 'x'), top: 0 }, false);
  }
}
