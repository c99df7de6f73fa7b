import type { MetricWindow } from './metric-series.ts';

/**
 * The periods between `span.startMs` and `span.endMs` that are not among `presentStarts`, as windows of at
 * most `periodsMax`, newest first: what happened last is wanted first.
 */
export function missingWindows(
  presentStarts: Iterable<number>,
  span: MetricWindow,
  periodsMax: number,
): readonly MetricWindow[] {
  const present = new Set(presentStarts);
  const periodMs = span.periodSeconds * 1000;
  const windows: MetricWindow[] = [];
  let endMs: number | null = null;
  for (let atMs = span.endMs - periodMs; atMs >= span.startMs; atMs -= periodMs) {
    const missing = !present.has(atMs);
    if (missing && endMs === null) endMs = atMs + periodMs;
    if (endMs === null) continue;
    const startMs = missing ? atMs : atMs + periodMs;
    const full = endMs - startMs === periodsMax * periodMs;
    if (!missing || full || atMs === span.startMs) {
      windows.push({ startMs, endMs, periodSeconds: span.periodSeconds });
      endMs = null;
    }
  }
  return windows;
}
