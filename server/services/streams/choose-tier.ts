import type { StoredTier } from '#server/db/read/history-tiers.ts';

/** More points than a chart is wide in pixels tell nothing more. */
const HISTORY_POINTS_MAX = 1_000;

/**
 * The tier to draw a window of: the finest that fits, unless a coarser one reaches back further into the
 * window by a whole period of its own (less than that is only how its periods are aligned).
 *
 * @param tiers finest first
 * @returns null where there are none; the coarsest, with its last periods only, where none fits
 */
export function chooseTier(
  tiers: readonly StoredTier[],
  fromMs: number,
  toMs: number,
): { readonly periodSeconds: number; readonly fromMs: number; readonly toMs: number } | null {
  let best: StoredTier | null = null;
  for (const tier of tiers) {
    const periodMs = tier.periodSeconds * 1000;
    // One more: both ends of the window may lie inside a period.
    if ((toMs - fromMs) / periodMs + 1 > HISTORY_POINTS_MAX) continue;
    const reachesFurther =
      best === null ||
      (best.oldestStartMs > fromMs && tier.oldestStartMs + periodMs <= best.oldestStartMs);
    if (reachesFurther) best = tier;
  }
  const tier = best ?? tiers.at(-1);
  if (tier === undefined) return null;
  const periodMs = tier.periodSeconds * 1000;
  const startMs = Math.max(fromMs, toMs - (HISTORY_POINTS_MAX - 1) * periodMs);
  return {
    periodSeconds: tier.periodSeconds,
    fromMs: Math.floor(startMs / periodMs) * periodMs,
    toMs,
  };
}
