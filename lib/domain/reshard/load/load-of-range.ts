import type { HashRange } from '#lib/domain/hash-range.ts';
import { placeOf } from '#lib/domain/reshard/boundaries.ts';
import { binEnd, KEY_BIN_WIDTH, type LoadEstimate } from './load-estimate.ts';
import { NO_RATE, type WriteRate } from './write-rate.ts';

/** What is written to a range, each bin by the share of it that lies in the range. */
export function loadOfRange(load: LoadEstimate, { start, end }: HashRange): WriteRate {
  const [before, after] = [rateBefore(load, start), rateBefore(load, end + 1n)];
  return {
    // Sums of floats: a range without load may come out a hair below 0.
    bytesPerSecond: Math.max(0, after.bytesPerSecond - before.bytesPerSecond),
    recordsPerSecond: Math.max(0, after.recordsPerSecond - before.recordsPerSecond),
  };
}

/** What is written to all keys below `key`, 0 .. 2^128. */
function rateBefore(load: LoadEstimate, key: bigint): WriteRate {
  const place = placeOf(load.starts, key) - 1;
  return place < 0 ? NO_RATE : rateWithin(load, place, binShare(load, place)(key));
}

/** For keys of the bin at `place`, and its end: the share of its load that lies below them. */
export function binShare(load: LoadEstimate, place: number): (key: bigint) => number {
  const start = load.starts[place] ?? 0n;
  const width = binEnd(load, place) - start;
  if (width <= KEY_BIN_WIDTH) return (key) => Number(key > start);
  const parts = Number(width);
  return (key) => Number(key - start) / parts;
}

/** What is written to all bins before the one at `place`, and to a share of that one. */
export function rateWithin(load: LoadEstimate, place: number, share: number): WriteRate {
  return {
    bytesPerSecond: between(load.bytesBefore, place, share),
    recordsPerSecond: between(load.recordsBefore, place, share),
  };
}

function between(before: Float64Array, place: number, share: number): number {
  const [low, high] = [before[place] ?? 0, before[place + 1] ?? 0];
  return low + (high - low) * share;
}

/** Whether a part of the range is of unknown load. Takes log2(n) comparisons. */
export function isLoadUnknown({ unknown }: LoadEstimate, { start, end }: HashRange): boolean {
  let low = 0;
  let high = unknown.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((unknown[middle]?.end ?? 0n) < start) low = middle + 1;
    else high = middle;
  }
  const first = unknown[low];
  return first !== undefined && first.start <= end;
}

/** Whether all that is known of the range's load is its sum: it lies within one bin, or is one. */
export function isCoarse(load: LoadEstimate, { start, end }: HashRange): boolean {
  return placeOf(load.starts, start) === placeOf(load.starts, end);
}
