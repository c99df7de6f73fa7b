import { toFraction } from '#lib/domain/hash-key.ts';
import { rangeShare } from '#lib/domain/hash-range.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import { mapCells, markCells, WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import type { PlannedStrip } from '#lib/reshard/preview-view.ts';
import { rangesOf } from './predict-load.ts';

/** Use of the tighter write limit of a shard; 1 is all of it. */
export function writeUse({ bytesPerSecond, recordsPerSecond }: Rates): number {
  return Math.max(
    bytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax,
    recordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax,
  );
}

/** What a shard carries, on the strip; null: unknown. */
export type StripShard = {
  /** Decimal text. */
  readonly start: string;
  readonly end: string;
  readonly rates: Rates | null;
};

/** Shards of a target as the strip draws them, the worst of those that fall together. In order of their starts. */
export function targetStrip(shards: readonly StripShard[]): PlannedStrip {
  const ring = rangesOf(shards).map((range) => {
    const start = toFraction(range.start);
    return { start, end: start + rangeShare(range) };
  });
  const marks = shards.map(({ rates }) => ({
    use: rates === null ? Number.NaN : writeUse(rates),
    throttled: false,
  }));
  const cells = mapCells(ring, WHOLE_WINDOW);
  return markCells(cells, marks).flatMap(({ use, worstPlace }, i) => {
    const cell = cells[i];
    return cell === undefined ? [] : [{ ...cell, worstPlace, use: Number.isNaN(use) ? null : use }];
  });
}

/** The busiest of them; null where any is unknown. */
export function busiestUse(shards: readonly StripShard[]): number | null {
  let busiest: number | null = 0;
  for (const { rates } of shards) {
    if (rates === null) return null;
    busiest = Math.max(busiest, writeUse(rates));
  }
  return busiest;
}

export function addRates(one: Rates, other: Rates): Rates {
  return {
    bytesPerSecond: one.bytesPerSecond + other.bytesPerSecond,
    recordsPerSecond: one.recordsPerSecond + other.recordsPerSecond,
  };
}
