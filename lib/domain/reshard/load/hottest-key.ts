import type { HashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import { placeOf } from '#lib/domain/reshard/boundaries.ts';
import { binCount, binEnd, KEY_BIN_WIDTH, type LoadEstimate, rateOfBins } from './load-estimate.ts';
import { writeUse } from './write-rate.ts';

/**
 * The key of a range that takes most by itself, as use of one shard's limits; null where no key is known to stand out.
 */
export function hottestKeyIn(
  load: LoadEstimate,
  range: HashRange,
): { readonly at: HashKey; readonly use: number } | null {
  let hottest: { readonly at: HashKey; readonly use: number } | null = null;
  const first = Math.max(0, placeOf(load.starts, range.start) - 1);
  for (let place = first; place < binCount(load); place += 1) {
    const at = load.starts[place];
    if (at === undefined || at > range.end) break;
    if (at < range.start || binEnd(load, place) - at > KEY_BIN_WIDTH) continue;
    const use = writeUse(rateOfBins(load, place, place + 1));
    if (hottest === null || use > hottest.use) hottest = { at, use };
  }
  return hottest;
}
