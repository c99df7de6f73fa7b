'use client';

import dynamic from 'next/dynamic';
import { memo, useRef, useState } from 'react';
import { type ChartModel, hasValue } from '#lib/charts/chart-model.ts';
import { formatValue } from '#lib/charts/format-value.ts';
import { zoneNames } from '#lib/format/time.ts';
import { useIdleTurn } from '#lib/live/use-idle-turn.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import './palette.css';
import { LatePart } from '#components/primitives/late-part.tsx';
import classes from './chart.module.css';
import { ChartLegend } from './chart-legend.tsx';
import { PeriodSlider } from './period-slider.tsx';

// The code that draws comes after the page: what it draws is mostly below what is in sight.
const Plot = dynamic(() => import('./plot.tsx').then((m) => m.Plot), { ssr: false });
// The table comes when somebody asks for it.
const ChartTable = dynamic(() => import('./chart-table.tsx').then((m) => m.ChartTable), {
  ssr: false,
});

/** Of the canvas, and of the table in its place, CSS pixels. */
const HEIGHT = 190;

type ChartProps = {
  model: ChartModel;
  stale: boolean;
  /** Said in place of the lines where there are none. */
  empty: string;
  /** Lines that will come, so that their room is kept. */
  linesExpected?: number;
  /** Lines stand for something that can be chosen on the page: the one that is. null: none is. */
  selectedKey?: string | null;
  onSelect?: (key: string) => void;
};

/** A chart with its title, its values, its keyboard, and a table of the same figures in its place on demand. */
export const Chart = memo(function Chart(props: ChartProps) {
  const { model, stale, empty, linesExpected = 0, selectedKey = null, onSelect } = props;
  const zone = useZone();
  const plotBox = useRef<HTMLDivElement>(null);
  const isTurn = useIdleTurn(plotBox);
  const [asTable, setAsTable] = useState(false);
  // Lines that stand for nothing else are isolated in their own chart alone.
  const [isolated, setIsolated] = useState<string | null>(null);
  const isolatedKey = onSelect === undefined ? isolated : selectedKey;
  const toggle = onSelect ?? ((key: string) => setIsolated(key === isolated ? null : key));
  return (
    <figure className={classes.chart} data-stale={stale || undefined}>
      <figcaption className={classes.caption}>
        <h3 className={classes.title}>{model.title}</h3>
        {model.periodSeconds > 0 && (
          <span title={`${model.isOwnCount === true ? 'From' : 'CloudWatch'} ${model.source}`}>
            periods of {formatPeriodLength(model.periodSeconds)},{' '}
            {zoneNames(zone, model.fromMs, model.toMs)}
          </span>
        )}
        <button
          type="button"
          className={classes.switch}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          Table
        </button>
      </figcaption>
      <div className={classes.plot}>
        {asTable ? (
          <div style={{ height: HEIGHT }}>
            <LatePart>
              <ChartTable model={model} height={HEIGHT} />
            </LatePart>
          </div>
        ) : (
          <>
            <div ref={plotBox} style={{ height: HEIGHT }}>
              {isTurn && (
                <LatePart>
                  <Plot model={model} height={HEIGHT} isolatedKey={isolatedKey} />
                </LatePart>
              )}
            </div>
            {!model.lines.some(hasValue) && <p className={classes.empty}>{empty}</p>}
            {model.limitAbove !== null && model.lines.some(hasValue) && (
              <p className={classes.above}>{model.limitAbove}, above this scale</p>
            )}
            <PeriodSlider model={model} />
          </>
        )}
      </div>
      <ChartLegend
        model={model}
        linesExpected={linesExpected}
        selectedKey={isolatedKey}
        isIds={onSelect !== undefined}
        onSelect={toggle}
      />
    </figure>
  );
});

function formatPeriodLength(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatValue('milliseconds', seconds * 1_000);
}
