import { type Freshness, freshness } from '#lib/domain/freshness.ts';
import type { Health } from '#lib/domain/health.ts';
import { formatPeriod, type Zone } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** @param nowMs on the database's clock */
export function freshnessOf(row: StreamRow, nowMs: number): Freshness {
  return freshness(row.collection, nowMs);
}

/**
 * Health of a stream as it may be told now. A row was judged when it was sent; since then its figures may
 * have gone stale, and of stale figures nothing is said; that a stream is being deleted stays true.
 * @param zone that times are told in
 */
export function healthNow(row: StreamRow, fresh: Freshness, zone?: Zone): Health {
  if (fresh === 'fresh' || row.status === 'DELETING') return row.health;
  return { level: 'unknown', reason: whyStale(row, zone) };
}

/** Why a stream's figures are not of now. @param zone that times are told in */
export function whyStale(row: StreamRow, zone?: Zone): string {
  if (row.collection.failure !== null) return row.collection.failure.message;
  if (row.period === null) return 'No figures have been read yet.';
  const period = formatPeriod(row.period.startMs, row.period.seconds, zone);
  return `The last figures are of ${period}.`;
}
