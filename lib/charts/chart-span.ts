import type { ChartModel } from './chart-model.ts';
import type { StreamHistory } from './stream-history.ts';

/** What of time the charts of a page show. Where `toMs` is null, they end with the newest period. */
export type ChartWindow = { readonly lengthMs: number; readonly toMs: number | null };

/** The x axis that all charts of a page share. */
export function chartSpan(
  history: StreamHistory,
  window: ChartWindow,
): Pick<ChartModel, 'periodSeconds' | 'periodStartMs' | 'partialSeconds' | 'fromMs' | 'toMs'> {
  const { periodSeconds, periodStartMs, partialSeconds } = history;
  const lastSeconds = partialSeconds ?? periodSeconds;
  const toMs = window.toMs ?? (periodStartMs.at(-1) ?? 0) + lastSeconds * 1_000;
  return { periodSeconds, periodStartMs, partialSeconds, fromMs: toMs - window.lengthMs, toMs };
}
