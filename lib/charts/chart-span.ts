import type { StreamHistory } from '#lib/live/stream-detail.ts';
import type { ChartModel } from './chart-model.ts';

/** The x axis that all charts of a page share: the window up to the end of the newest period. */
export function chartSpan(
  history: StreamHistory,
  windowMs: number,
): Pick<ChartModel, 'periodSeconds' | 'periodStartMs' | 'fromMs' | 'toMs'> {
  const { periodSeconds, periodStartMs } = history;
  const toMs = (periodStartMs.at(-1) ?? 0) + periodSeconds * 1_000;
  return { periodSeconds, periodStartMs, fromMs: toMs - windowMs, toMs };
}
