'use client';

import { VisuallyHidden } from '@mantine/core';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { formatValue } from '#lib/charts/format-value.ts';
import { formatClockUtc } from '#lib/format/time.ts';
import { useCursorPeriod } from './chart-group.tsx';
import classes from './chart-legend.module.css';
import { LineSample } from './line-sample.tsx';

type ChartLegendProps = {
  model: ChartModel;
  selectedKey: string | null;
  /** Room is kept for so many lines until they are known. */
  linesExpected: number;
  /** Given where lines stand for something that can be selected. */
  onSelect?: ((key: string) => void) | undefined;
};

/** Names and values of the lines at the period that is pointed at, else at the newest. */
export function ChartLegend({ model, selectedKey, linesExpected, onSelect }: ChartLegendProps) {
  const pointed = useCursorPeriod();
  const at = pointed === null ? -1 : model.periodStartMs.indexOf(pointed);
  const index = at >= 0 ? at : model.periodStartMs.length - 1;
  const startMs = model.periodStartMs[index];
  return (
    <div className={classes.legend}>
      <div className={classes.when}>
        {startMs === undefined ? (
          'No period'
        ) : (
          <>
            {formatClockUtc(startMs)}
            <VisuallyHidden> UTC{at < 0 && ' newest'}</VisuallyHidden>
          </>
        )}
      </div>
      <ul className={classes.lines}>
        {model.lines.map((line) => {
          const entry = (
            <>
              <LineSample slot={line.slot} shape={model.shape} />
              <span className={classes.name} data-id={onSelect !== undefined || undefined}>
                {line.label}
              </span>
              <span className={classes.value}>
                {formatValue(model.unit, line.values[index] ?? null)}
              </span>
            </>
          );
          return (
            <li key={line.key} title={line.title}>
              {onSelect === undefined ? (
                <span className={classes.entry}>{entry}</span>
              ) : (
                <button
                  type="button"
                  className={classes.entry}
                  aria-pressed={line.key === selectedKey}
                  onClick={() => onSelect(line.key)}
                >
                  {entry}
                </button>
              )}
            </li>
          );
        })}
        {model.periodStartMs.length === 0 &&
          Array.from({ length: linesExpected - model.lines.length }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blanks have no other identity
            <li key={i} className={classes.blank} aria-hidden />
          ))}
      </ul>
    </div>
  );
}
