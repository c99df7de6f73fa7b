import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import { formatAge } from '#lib/format/age.ts';

/** How long until a lease is caught up at its present pace, or why that is not told. */
export function caughtUpWords({ caughtUpInMs, pace, lag }: LeaseHealth): string | null {
  if (caughtUpInMs !== null) return `in ${formatAge(caughtUpInMs)}`;
  if (lag.kind !== 'interval' || lag.atMostMs <= 0) return null;
  return pace !== null && pace <= 1 ? 'never at this pace' : null;
}

/** How long until its oldest unread record passes retention. @example 'in 4 h' @example 'has begun' */
export function lossWords(lossInMs: number | null): string | null {
  if (lossInMs === null) return null;
  return lossInMs <= 0 ? 'has begun' : `in ${formatAge(lossInMs)}`;
}

/** Sooner than this it needs somebody now. */
const SOON_MS = 6 * 3_600_000;

export function isLossSoon(lossInMs: number | null): boolean {
  return lossInMs !== null && lossInMs < SOON_MS;
}

/** @example '0.4 s a second' */
export function paceWords(pace: number | null): string | null {
  return pace === null ? null : `${pace.toFixed(pace < 10 ? 1 : 0)} s a second`;
}
