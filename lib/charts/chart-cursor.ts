/** The period that somebody points at, shared by all charts and tables of a page; null for none. */
export type ChartCursor = {
  readonly get: () => number | null;
  readonly set: (periodStartMs: number | null) => void;
  readonly onChange: (listener: () => void) => () => void;
};

export function createChartCursor(): ChartCursor {
  const listeners = new Set<() => void>();
  let current: number | null = null;
  return {
    get: () => current,
    set(periodStartMs) {
      if (periodStartMs === current) return;
      current = periodStartMs;
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
