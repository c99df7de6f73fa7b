import type { Thresholds } from './thresholds.ts';
import type { LeaseTrack } from './track.ts';

/**
 * How long a lease's counter may stand before its owner counts as dead, ms: the library's fail-over time is not in the
 * table, so it goes by the renewals that were seen.
 */
export function deadAfterMs(renewEveryMs: number | null, thresholds: Thresholds): number {
  return Math.max(thresholds.deadOwnerFloorMs, thresholds.deadOwnerRenewals * (renewEveryMs ?? 0));
}

/**
 * Since when the owner of a lease has shown no sign of life, though for longer than it may; null where it is alive, or
 * that cannot be told.
 */
export function deadSinceMs(
  track: LeaseTrack,
  counterIs: 'renewals' | 'expiry',
  thresholds: Thresholds,
): number | null {
  const { owner, counter } = track.lease;
  if (owner === null || counter === null) return null;
  // A lease that says itself when it expires need not have its renewals counted.
  const sinceMs = counterIs === 'expiry' ? Number(counter) : track.counterMovedMs;
  const limitMs =
    counterIs === 'expiry'
      ? thresholds.deadOwnerFloorMs
      : deadAfterMs(track.renewEveryMs, thresholds);
  return track.seenMs - sinceMs > limitMs ? sinceMs : null;
}

/**
 * One step of learning an interval: a quarter of the way, and never far at once, so that one outage teaches little.
 *
 * @returns whole milliseconds, 1 at least
 */
export function learn(learnedMs: number | null, sampleMs: number): number {
  const nextMs =
    learnedMs === null ? sampleMs : learnedMs + (Math.min(sampleMs, 4 * learnedMs) - learnedMs) / 4;
  return Math.max(1, Math.round(nextMs));
}
