import { SHARD_LIMITS } from '#lib/domain/limits.ts';

/** Both hold. Infinity: no limit. */
export type Rates = { readonly bytesPerSecond: number; readonly recordsPerSecond: number };

export const NO_LIMIT: Rates = {
  bytesPerSecond: Number.POSITIVE_INFINITY,
  recordsPerSecond: Number.POSITIVE_INFINITY,
};

/** Of what is free of a shard; the rest is for live traffic to grow into. */
export const FREE_SHARE_DEFAULT = 0.5;

/**
 * For a shard of which nobody knows what others write to it, where a person wants to go on: a quarter of its limits, so that
 * live traffic up to three quarters of them is refused nothing.
 */
export const CAREFUL_CAP: Rates = {
  bytesPerSecond: SHARD_LIMITS.writeBytesPerSecondMax / 4,
  recordsPerSecond: SHARD_LIMITS.writeRecordsPerSecondMax / 4,
};

/**
 * What others write to a shard: what was measured, less what was ours in that time.
 * @returns null where it is not known: NaN is no datapoint
 */
export function liveRates(measured: Rates, ours: Rates): Rates | null {
  const bytesPerSecond = Math.max(0, measured.bytesPerSecond - ours.bytesPerSecond);
  const recordsPerSecond = Math.max(0, measured.recordsPerSecond - ours.recordsPerSecond);
  const isKnown = !Number.isNaN(bytesPerSecond) && !Number.isNaN(recordsPerSecond);
  return isKnown ? { bytesPerSecond, recordsPerSecond } : null;
}

/**
 * What a replay may write to a shard: a share of what live traffic leaves free of its limits, and no more than the
 * absolute cap.
 * @param live null: unknown. Then the absolute cap alone holds, and where there is none nothing may be written.
 * @param absolute for one shard; null: none was set
 */
export function capOfShard(live: Rates | null, freeShare: number, absolute: Rates | null): Rates {
  if (live === null) return absolute ?? { bytesPerSecond: 0, recordsPerSecond: 0 };
  const free = (limit: number, used: number) => freeShare * Math.max(0, limit - used);
  return {
    bytesPerSecond: Math.min(
      free(SHARD_LIMITS.writeBytesPerSecondMax, live.bytesPerSecond),
      (absolute ?? NO_LIMIT).bytesPerSecond,
    ),
    recordsPerSecond: Math.min(
      free(SHARD_LIMITS.writeRecordsPerSecondMax, live.recordsPerSecond),
      (absolute ?? NO_LIMIT).recordsPerSecond,
    ),
  };
}
