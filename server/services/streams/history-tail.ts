import { periodStart } from '#lib/domain/roll-up.ts';
import type { HistoryWindow } from '#server/db/read/history-frames.ts';
import type { StoredTier } from '#server/db/read/history-tiers.ts';

/**
 * The shortest periods that follow the last one of the window's tier and are not rolled up yet, as that longer
 * period is not over; null where the window has none of them.
 * @param tiers finest first
 */
export function unrolledWindow(
  tiers: readonly StoredTier[],
  window: HistoryWindow,
): HistoryWindow | null {
  const base = tiers[0];
  const own = tiers.find((tier) => tier.periodSeconds === window.periodSeconds);
  if (base === undefined || own === undefined || base === own) return null;
  const fromMs = Math.max(window.fromMs, own.newestStartMs + own.periodSeconds * 1_000);
  if (fromMs >= window.toMs || base.newestStartMs < fromMs) return null;
  return { ...window, periodSeconds: base.periodSeconds, fromMs };
}

/**
 * How much of the last longer period the shorter ones are of, seconds; null where all of it.
 * @param points of the shorter periods, oldest first
 */
export function partialSecondsAt(
  points: readonly { readonly periodStartMs: number }[],
  shortSeconds: number,
  longSeconds: number,
): number | null {
  const newest = points.at(-1);
  if (newest === undefined) return null;
  const startMs = periodStart(newest.periodStartMs, longSeconds);
  const seconds = (newest.periodStartMs - startMs) / 1_000 + shortSeconds;
  return seconds < longSeconds ? seconds : null;
}
