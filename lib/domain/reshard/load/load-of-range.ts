import type { HashRange } from '#lib/domain/hash-range.ts';
import { placeOf } from '#lib/domain/reshard/boundaries.ts';
import { binEnd, type LoadEstimate } from './load-estimate.ts';
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
export function rateBefore(load: LoadEstimate, key: bigint): WriteRate {
  const place = placeOf(load.starts, key) - 1;
  const start = load.starts[place];
  if (start === undefined) return NO_RATE;
  const share = Number(key - start) / Number(binEnd(load, place) - start);
  return {
    bytesPerSecond: between(load.bytesBefore, place, share),
    recordsPerSecond: between(load.recordsBefore, place, share),
  };
}

function between(before: Float64Array, place: number, share: number): number {
  const [low, high] = [before[place] ?? 0, before[place + 1] ?? 0];
  return low + (high - low) * share;
}

/** Whether a part of the range is of unknown load. */
export function isLoadUnknown(load: LoadEstimate, range: HashRange): boolean {
  return load.unknown.some(({ start, end }) => start <= range.end && range.start <= end);
}
