import type { HashKey } from '#lib/domain/hash-key.ts';
import { canSplitAt, type HashRange } from '#lib/domain/hash-range.ts';
import type { LoadEstimate } from './load-estimate.ts';
import { loadOfRange } from './load-of-range.ts';
import { writeUse } from './write-rate.ts';

/**
 * Where to cut a range so that the busier half is as little used as can be, by both limits together.
 * @returns null where no cut is allowed
 */
export function loadMedian(load: LoadEstimate, range: HashRange): HashKey | null {
  let low = range.start + 2n;
  let high: bigint = range.end - 1n;
  if (low > high) return null;
  const leftUse = (at: bigint) =>
    writeUse(loadOfRange(load, { start: range.start, end: (at - 1n) as HashKey }));
  const rightUse = (at: bigint) =>
    writeUse(loadOfRange(load, { start: at as HashKey, end: range.end }));
  // The left use grows with the cut and the right one shrinks: they meet once.
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (leftUse(middle) >= rightUse(middle)) high = middle;
    else low = middle + 1n;
  }
  const busier = (at: bigint) => Math.max(leftUse(at), rightUse(at));
  const best =
    canSplitAt(range, (low - 1n) as HashKey) && busier(low - 1n) < busier(low) ? low - 1n : low;
  return best as HashKey;
}
