import {
  HASH_KEY_MAX,
  HASH_KEY_MIN,
  HASH_KEY_SPACE,
  type HashKey,
  toFraction,
} from './hash-key.ts';

/** Inclusive at both ends, as Kinesis reports it: width is end - start + 1n. */
export type HashRange = { readonly start: HashKey; readonly end: HashKey };

export const WHOLE_RING: HashRange = { start: HASH_KEY_MIN, end: HASH_KEY_MAX };

/** @throws RangeError when start > end. */
export function hashRange(start: HashKey, end: HashKey): HashRange {
  if (start > end) {
    throw new RangeError(`A hash range starts at or before its end; got ${start} .. ${end}`);
  }
  return { start, end };
}

/** How many hash keys the range holds, 1n .. 2^128. */
export function rangeWidth(range: HashRange): bigint {
  return range.end - range.start + 1n;
}

export function rangeContains(range: HashRange, key: HashKey): boolean {
  return range.start <= key && key <= range.end;
}

/** True where `right` begins at the key after the last of `left`: the order that a merge needs. */
export function isLeftNeighbour(left: HashRange, right: HashRange): boolean {
  return left.end + 1n === right.start;
}

/**
 * True where `newStart` may be given to SplitShard as NewStartingHashKey: `start + 1 < newStart < end`.
 * Stricter than AWS's reference, which does not say; kinesalite copies it from AWS's observed answers.
 */
export function canSplitAt(range: HashRange, newStart: HashKey): boolean {
  return range.start + 1n < newStart && newStart < range.end;
}

/** The two halves of `range` cut so that the right one begins at `newStart`. */
export function splitRange(range: HashRange, newStart: HashKey): readonly [HashRange, HashRange] {
  if (!(range.start < newStart && newStart <= range.end)) {
    throw new RangeError(`${newStart} does not cut ${range.start} .. ${range.end}`);
  }
  return [
    { start: range.start, end: (newStart - 1n) as HashKey },
    { start: newStart, end: range.end },
  ];
}

/** Undoes `splitRange`. @throws RangeError when `left` is not the left neighbour of `right`. */
export function mergeRanges(left: HashRange, right: HashRange): HashRange {
  if (!isLeftNeighbour(left, right)) {
    throw new RangeError(
      `${left.start} .. ${left.end} does not adjoin ${right.start} .. ${right.end}`,
    );
  }
  return { start: left.start, end: right.end };
}

/** First key of the right half when the range is cut in the middle. */
export function rangeMiddle(range: HashRange): HashKey {
  return (range.start + rangeWidth(range) / 2n) as HashKey;
}

/** Share of the ring, 0 .. 1. */
export function rangeShare(range: HashRange): number {
  return toFraction(rangeWidth(range));
}

/**
 * Cuts the ring into `count` ranges as CreateStream does: range i starts at floor(2^128 * i / count).
 * AWS's observed answer for three shards: boundaries 113427455640312821154458202477256070485 and
 * 226854911280625642308916404954512140970.
 */
export function uniformRanges(count: number): readonly HashRange[] {
  const n = BigInt(count);
  const startOf = (i: bigint) => (HASH_KEY_SPACE * i) / n;
  return Array.from({ length: count }, (_, i) => ({
    start: startOf(BigInt(i)) as HashKey,
    end: (startOf(BigInt(i) + 1n) - 1n) as HashKey,
  }));
}

/**
 * Do these ranges, in any order, hold each hash key exactly once?
 * @returns null where they do, else the first key that is missing or held twice.
 */
export function firstRingFault(ranges: readonly HashRange[]): HashKey | null {
  const sorted = [...ranges].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  let next: bigint = HASH_KEY_MIN;
  for (const range of sorted) {
    if (range.start !== next) {
      return (range.start < next ? range.start : next) as HashKey;
    }
    next = range.end + 1n;
  }
  return next === HASH_KEY_SPACE ? null : (next as HashKey);
}
