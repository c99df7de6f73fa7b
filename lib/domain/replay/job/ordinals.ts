/**
 * A set of whole numbers from 0 on, as runs: ascending, apart from each other, both ends within. Plain data, so that it
 * lies in a checkpoint as it is. `[[0, 4], [7, 7]]` holds 0, 1, 2, 3, 4 and 7.
 */
export type Ordinals = readonly Run[];

export type Run = readonly [first: number, last: number];

export const NO_ORDINALS: Ordinals = [];

export function countOrdinals(ordinals: Ordinals): number {
  return ordinals.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The first whole number that the set does not hold: all before it are within. */
export function lowWater(ordinals: Ordinals): number {
  const run = ordinals[0];
  return run !== undefined && run[0] === 0 ? run[1] + 1 : 0;
}

/** Takes log2(runs) comparisons. */
export function hasOrdinal(ordinals: Ordinals, ordinal: number): boolean {
  let low = 0;
  let high = ordinals.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = ordinals[middle];
    if (run === undefined) return false;
    if (ordinal < run[0]) high = middle - 1;
    else if (ordinal > run[1]) low = middle + 1;
    else return true;
  }
  return false;
}

/** @param runs in any order, and they may overlap */
export function withOrdinals(ordinals: Ordinals, runs: readonly Run[]): Ordinals {
  const added = [...runs].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  let i = 0;
  for (let j = 0; ; ) {
    // The sets are long, what is added is short: both are gone through once, side by side.
    const [one, other] = [ordinals[i], added[j]];
    const isOne = other === undefined || (one !== undefined && one[0] <= other[0]);
    const next = isOne ? one : other;
    if (next === undefined) return merged;
    if (isOne) i += 1;
    else j += 1;
    const before = merged.at(-1);
    if (before !== undefined && next[0] <= before[1] + 1) before[1] = Math.max(before[1], next[1]);
    else merged.push([next[0], next[1]]);
  }
}

/** @param runs in any order, and they may overlap */
export function withoutOrdinals(ordinals: Ordinals, runs: readonly Run[]): Ordinals {
  const taken = withOrdinals(NO_ORDINALS, runs);
  const left: Run[] = [];
  let at = 0;
  for (const [first, last] of ordinals) {
    let from = first;
    while ((taken[at]?.[1] ?? Number.POSITIVE_INFINITY) < first) at += 1;
    for (let i = at; i < taken.length; i += 1) {
      const [start, end] = taken[i] ?? [0, 0];
      if (start > last) break;
      if (start > from) left.push([from, start - 1]);
      from = end + 1;
    }
    if (from <= last) left.push([from, last]);
  }
  return left;
}

/** What the set lacks of 0 .. `end` - 1. */
export function gapsBefore(ordinals: Ordinals, end: number): Ordinals {
  return end === 0 ? NO_ORDINALS : withoutOrdinals([[0, end - 1]], ordinals);
}
