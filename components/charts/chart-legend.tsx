'use client';

import type { ChartModel } from '#lib/charts/chart-model.ts';
import { demandWords, isPartial, periodWords } from '#lib/charts/describe-chart.ts';
import { formatValue } from '#lib/charts/format-value.ts';
import { formatClock, formatDay, nameUnless } from '#lib/format/time.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useShownPeriod } from './chart-group.tsx';
import classes from './chart-legend.module.css';
import { LineSample } from './line-sample.tsx';

type ChartLegendProps = {
  model: ChartModel;
  /** The line that stands out. */
  selectedKey: string | null;
  /** Room is kept for so many lines until they are known. */
  linesExpected: number;
  /** Lines are named by ids. */
  isIds: boolean;
  onSelect: (key: string) => void;
};

/** Names and values of the lines at the period that is pointed at, else at the one that the page shows. */
export function ChartLegend(props: ChartLegendProps) {
  const { model, selectedKey, linesExpected, isIds, onSelect } = props;
  const zone = useZone();
  const pointed = useShownPeriod();
  const at = pointed === null ? -1 : model.periodStartMs.indexOf(pointed);
  const last = model.periodStartMs.length - 1;
  const index = at >= 0 ? at : last;
  const startMs = model.periodStartMs[index];
  const otherDay =
    startMs !== undefined &&
    formatDay(startMs, zone) !== formatDay(model.periodStartMs[last] ?? startMs, zone);
  return (
    <div className={classes.legend}>
      <div className={classes.when}>
        {startMs === undefined ? (
          'No period'
        ) : (
          <span title={`${periodWords(model, index, zone)}${at < 0 ? ', newest' : ''}`}>
            {otherDay && `${formatDay(startMs, zone).slice(5)} `}
            {formatClock(startMs, zone)}
            {nameUnless(model.toMs, startMs, zone)}
          </span>
        )}
        {isPartial(model, index) && <span className={classes.part}>so far</span>}
      </div>
      <ul className={classes.lines}>
        {model.lines.map((line) => (
          <li key={line.key} title={line.title}>
            <button
              type="button"
              className={classes.entry}
              aria-pressed={line.key === selectedKey}
              onClick={() => onSelect(line.key)}
            >
              <LineSample slot={line.slot} shape={model.shape} />
              <span className={classes.name} data-id={isIds || undefined}>
                {line.label}
              </span>
              <span className={classes.value}>
                {formatValue(model.unit, line.values[index] ?? null)}
              </span>
            </button>
          </li>
        ))}
        {model.periodStartMs.length === 0 &&
          Array.from({ length: linesExpected - model.lines.length }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blanks have no other identity
            <li key={i} className={classes.blank} aria-hidden />
          ))}
      </ul>
      {model.lines.some((line) => line.refused !== undefined) && (
        <p className={classes.demand}>{demandWords(model, index)}</p>
      )}
    </div>
  );
}
