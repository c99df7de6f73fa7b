import type { LagTrend } from './application-health.ts';
import type { Lag } from './lag.ts';
import { boundsOf, isShownBehind, type LeaseFacts } from './lease-lag.ts';
import type { Thresholds } from './thresholds.ts';
import type { LeaseTrack, Place } from './track.ts';

/** Within this of 1 a reader neither gains nor loses: one observation more or less would turn it. */
const STEADY = 0.05;

/**
 * Time of records worked off in a second, over the places that are remembered; 0 while the checkpoint stands and something
 * waits. null: it was not seen to move yet, or there is nothing to move on.
 */
export function paceOf(facts: LeaseFacts, lag: Lag): number | null {
  if (lag.kind !== 'interval') return null;
  const { track } = facts;
  if (lag.method === 'standing') return lag.atLeastMs > 0 ? 0 : null;
  const [oldest] = track.places;
  const first = oldest ?? track.previous;
  if (first === null || track.recordMs === null) return null;
  const tookMs = track.checkpointSeenMs - first.byMs;
  return tookMs <= 0 ? null : (track.recordMs - first.recordMs) / tookMs;
}

/** Whether a lag grows, from the pace of its reader. One that may be caught up does not. */
export function trendOf(lag: Lag, pace: number | null): LagTrend {
  if (lag.kind !== 'interval') return 'unknown';
  if (lag.atMostMs === 0) return 'steady';
  if (pace === null) return 'unknown';
  if (pace > 1 + STEADY) return 'falling';
  return pace < 1 - STEADY && lag.atLeastMs > 0 ? 'growing' : 'steady';
}

/** Until the backlog is gone at this pace; null: not known, nothing to catch up with, or never. */
export function caughtUpInMs(lag: Lag, pace: number | null): number | null {
  if (lag.kind !== 'interval' || lag.atLeastMs === 0) return null;
  return pace === null || pace <= 1 + STEADY ? null : lag.atMostMs / (pace - 1);
}

/**
 * Until the oldest unread record passes retention at this pace; 0: it has. null: not known, nothing unread, or never.
 */
export function lossInMs(
  lag: Lag,
  pace: number | null,
  retentionMs: number,
  nowMs: number,
): number | null {
  if (lag.kind !== 'interval' || lag.atLeastMs === 0 || pace === null) return null;
  const ageMs = lag.atMostMs + Math.max(0, nowMs - lag.asOfMs) * Math.max(0, 1 - pace);
  if (ageMs >= retentionMs) return 0;
  return pace >= 1 - STEADY ? null : (retentionMs - ageMs) / (1 - pace);
}

/** What lag did over the growth window. */
export type Growth = {
  readonly sinceMs: number;
  readonly fromMs: number;
  readonly toMs: number;
};

/**
 * Whether lag surely grew over the whole window and never surely fell, and is more than may be; null where not. Bounds
 * are compared as bounds: what lies within what is not known is no growth, and no fall.
 */
export function growthOf(facts: LeaseFacts, lag: Lag, thresholds: Thresholds): Growth | null {
  const { track, isStanding } = facts;
  const [first] = track.places;
  if (lag.kind !== 'interval' || lag.atLeastMs <= thresholds.allowedLagMs) return null;
  if (first === undefined || isStanding) return null;
  // Cheap questions first: thousands of leases are asked them each time.
  const wasAtMostMs = first.byMs - first.recordMs;
  if (lag.atLeastMs <= wasAtMostMs) return null;
  // Spaced places fill the window only up to one space, and one more is left out at its beginning.
  const isWhole = track.checkpointSeenMs - first.byMs >= thresholds.growthWindowMs * 0.8;
  if (!isWhole || track.places.length + 1 < thresholds.growthPlaces) return null;
  let wasAtLeastMs = 0;
  for (let i = 0; i < track.places.length; i += 1) {
    const place = track.places[i] ?? first;
    if (place.byMs - place.recordMs < wasAtLeastMs) return null;
    wasAtLeastMs = shownBehindMs(place, track.places[i + 1] ?? presentPlace(track));
  }
  if (lag.atMostMs < wasAtLeastMs) return null;
  const fromMs = shownBehindMs(first, track.places[1] ?? presentPlace(track));
  return { sinceMs: first.byMs, fromMs, toMs: lag.atLeastMs };
}

/** The lower bound of lag at a place, as far as the next place alone shows it. */
function shownBehindMs(place: Place, next: Place | null): number {
  if (next === null || !isShownBehind(place, next)) return 0;
  return boundsOf(place, true).atLeastMs;
}

function presentPlace(track: LeaseTrack): Place | null {
  const { recordMs, checkpointAfterMs: afterMs, checkpointSeenMs: byMs } = track;
  return recordMs === null || afterMs === null ? null : { afterMs, byMs, recordMs };
}
