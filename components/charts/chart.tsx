'use client';

import { memo } from 'react';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import classes from './chart.module.css';
import { ChartLegend } from './chart-legend.tsx';
import { PeriodSlider } from './period-slider.tsx';
import { Plot } from './plot.tsx';

type ChartProps = {
  model: ChartModel;
  /** Of the canvas, CSS pixels. */
  height?: number;
  stale: boolean;
  /** Said in place of the lines where there are none. */
  empty: string;
  /** Lines that will come, so that their room is kept. */
  linesExpected?: number;
  selectedKey?: string | null;
  onSelect?: (key: string) => void;
};

/** A chart with its title, its values and its keyboard. */
export const Chart = memo(function Chart(props: ChartProps) {
  const {
    model,
    height = 190,
    stale,
    empty,
    linesExpected = 0,
    selectedKey = null,
    onSelect,
  } = props;
  return (
    <figure className={classes.chart} data-stale={stale || undefined}>
      <figcaption className={classes.caption}>
        <h3 className={classes.title}>{model.title}</h3>
        {model.periodSeconds > 0 && <span>periods of {model.periodSeconds} s, UTC</span>}
      </figcaption>
      <div className={classes.plot}>
        <Plot model={model} height={height} selectedKey={selectedKey} />
        {model.lines.length === 0 && <p className={classes.empty}>{empty}</p>}
        <PeriodSlider model={model} />
      </div>
      <ChartLegend
        model={model}
        linesExpected={linesExpected}
        selectedKey={selectedKey}
        onSelect={onSelect}
      />
    </figure>
  );
});
