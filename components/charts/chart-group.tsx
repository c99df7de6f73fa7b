'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { type ChartCursor, createChartCursor } from '#lib/charts/chart-cursor.ts';

const ChartCursorContext = createContext<ChartCursor | null>(null);
const ChartTimeContext = createContext<ChartTime | null>(null);

/** What charts of a group share of time besides the cursor. */
export type ChartTime = {
  /** An instant of the past that the page shows, epoch milliseconds; null where it shows the present. */
  readonly markMs: number | null;
  /** Shows a part of what is shown, or more than it, epoch milliseconds. */
  readonly onSpan: (fromMs: number, toMs: number) => void;
};

/** Charts and tables in a group point at the same period. */
export function ChartGroup({ time, children }: { time: ChartTime; children: ReactNode }) {
  const [cursor] = useState(createChartCursor);
  return (
    <ChartTimeContext value={time}>
      <ChartCursorContext value={cursor}>{children}</ChartCursorContext>
    </ChartTimeContext>
  );
}

export function useChartTime(): ChartTime {
  const time = useContext(ChartTimeContext);
  if (time === null) throw new Error('A chart is drawn inside ChartGroup.');
  return time;
}

export function useChartCursor(): ChartCursor {
  const cursor = useContext(ChartCursorContext);
  if (cursor === null) throw new Error('A chart is drawn inside ChartGroup.');
  return cursor;
}

/** Start of the period that is pointed at, epoch milliseconds; null for none. */
export function useCursorPeriod(): number | null {
  const cursor = useChartCursor();
  return useSyncExternalStore(cursor.onChange, cursor.get, () => null);
}

/** The period that is pointed at, else the one of the past that the page shows; null for the newest. */
export function useShownPeriod(): number | null {
  const pointed = useCursorPeriod();
  const { markMs } = useChartTime();
  return pointed ?? markMs;
}
