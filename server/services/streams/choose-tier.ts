import type { StoredTier } from '#server/db/read/history-tiers.ts';

/**
 * More points than a chart is wide in pixels tell nothing more. Room is left for those that a page appends before
 * it reads a history anew: with them it has 1,000 at most.
 */
const HISTORY_POINTS_MAX = 960;

/**
 * The tier to draw a window of: the finest that fits, unless a coarser one reaches back further into the
 * window by a whole period of its own (less than that is only how its periods are aligned). A window that
 * begins before anything was recorded is as long as what was: half an hour of a new stream is not drawn as two
 * points because seven days were asked for.
 *
 * @param tiers finest first
 * @param pointsMax periods that what is drawn has room for
 * @returns null where there are none; the coarsest, with its last periods only, where none fits
 */
export function chooseTier(
  tiers: readonly StoredTier[],
  fromMs: number,
  toMs: number,
  pointsMax = HISTORY_POINTS_MAX,
): { readonly periodSeconds: number; readonly fromMs: number; readonly toMs: number } | null {
  let best: StoredTier | null = null;
  const recordedMs = Math.min(...tiers.map((tier) => tier.oldestStartMs));
  const lengthMs = toMs - Math.max(fromMs, Math.min(recordedMs, toMs));
  for (const tier of tiers) {
    const periodMs = tier.periodSeconds * 1000;
    // One more: both ends of the window may lie inside a period.
    if (lengthMs / periodMs + 1 > pointsMax) continue;
    const reachesFurther =
      best === null ||
      (best.oldestStartMs > fromMs && tier.oldestStartMs + periodMs <= best.oldestStartMs);
    if (reachesFurther) best = tier;
  }
  const tier = best ?? tiers.at(-1);
  if (tier === undefined) return null;
  const periodMs = tier.periodSeconds * 1000;
  const startMs = Math.max(fromMs, toMs - (pointsMax - 1) * periodMs);
  return {
    periodSeconds: tier.periodSeconds,
    fromMs: Math.floor(startMs / periodMs) * periodMs,
    toMs,
  };
}
