'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { type ChartCursor, createChartCursor } from '#lib/charts/chart-cursor.ts';

const ChartCursorContext = createContext<ChartCursor | null>(null);

/** Charts and tables in a group point at the same period. */
export function ChartGroup({ children }: { children: ReactNode }) {
  const [cursor] = useState(createChartCursor);
  return <ChartCursorContext value={cursor}>{children}</ChartCursorContext>;
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
