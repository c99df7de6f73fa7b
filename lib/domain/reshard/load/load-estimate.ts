import { HASH_KEY_SPACE, type HashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import type { WriteRate } from './write-rate.ts';

/**
 * A bin as narrow as the narrowest shard is one key's: all of its load lies on its first key, and no cut spreads it.
 */
export const KEY_BIN_WIDTH = 2n;

/** A part of the ring and what is written to it. Within any wider bin the load is taken to be spread evenly. */
export type LoadBin = WriteRate & { readonly start: HashKey };

/**
 * What is written to which part of the ring: a histogram over all of it, in bins that follow each other without a
 * hole. Metrics give a bin a shard; a sample gives many within one shard, with its heavy keys in bins of their own.
 */
export type LoadEstimate = {
  /** First key of each bin, ascending; the first is 0. At least one bin. */
  readonly starts: readonly HashKey[];
  /** Running sums: what is written to all bins before the one at the index; one entry more than there are bins. */
  readonly bytesBefore: Float64Array;
  readonly recordsBefore: Float64Array;
  /** Parts of the ring of which nobody knows the load, ascending: they count as 0 above. */
  readonly unknown: readonly HashRange[];
};

/** @param bins ascending by start, from 0 on, at least one; rates are 0 or more */
export function loadEstimate(
  bins: readonly LoadBin[],
  unknown: readonly HashRange[] = [],
): LoadEstimate {
  if (bins[0]?.start !== 0n) throw new RangeError('A load estimate begins at hash key 0');
  const bytesBefore = new Float64Array(bins.length + 1);
  const recordsBefore = new Float64Array(bins.length + 1);
  bins.forEach(({ bytesPerSecond, recordsPerSecond }, i) => {
    bytesBefore[i + 1] = (bytesBefore[i] ?? 0) + bytesPerSecond;
    recordsBefore[i + 1] = (recordsBefore[i] ?? 0) + recordsPerSecond;
  });
  return { starts: bins.map(({ start }) => start), bytesBefore, recordsBefore, unknown };
}

export function binCount(load: LoadEstimate): number {
  return load.starts.length;
}

/** The key after the last one of the bin at `place`. */
export function binEnd(load: LoadEstimate, place: number): bigint {
  return load.starts[place + 1] ?? HASH_KEY_SPACE;
}

/** What is written to the bins `first` .. `after - 1`. */
export function rateOfBins(load: LoadEstimate, first: number, after: number): WriteRate {
  return {
    bytesPerSecond: (load.bytesBefore[after] ?? 0) - (load.bytesBefore[first] ?? 0),
    recordsPerSecond: (load.recordsBefore[after] ?? 0) - (load.recordsBefore[first] ?? 0),
  };
}

export function totalRate(load: LoadEstimate): WriteRate {
  return rateOfBins(load, 0, binCount(load));
}
