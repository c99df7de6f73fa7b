import type { ShardReading } from './shard-readings.ts';

/** What a frame of the strip shows: use of the tightest limit (NaN where unknown), and whether it refuses. */
export type ShardMark = { readonly use: number; readonly throttled: boolean };

export const UNKNOWN_MARK: ShardMark = { use: Number.NaN, throttled: false };

export function markOf(reading: ShardReading): ShardMark {
  return { use: reading.tightest.use, throttled: reading.throttled };
}
