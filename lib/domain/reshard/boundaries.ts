import { HASH_KEY_SPACE, type HashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';

/**
 * A partition of the ring as its interior boundaries: the first hash key of each shard but the first, ascending, each
 * once, none of them 0. Any such list covers the ring without hole or overlap; n boundaries make n + 1 shards.
 */
export type Boundaries = readonly HashKey[];

/** Whether the list is one: ascending, without repetition, within the ring. */
export function areBoundaries(keys: readonly HashKey[]): boolean {
  return keys.every((key, i) => key > (keys[i - 1] ?? 0n) && key < HASH_KEY_SPACE);
}

export function shardCountOf(boundaries: Boundaries): number {
  return boundaries.length + 1;
}

/** The ranges of the shards, in order. */
export function rangesOf(boundaries: Boundaries): readonly HashRange[] {
  return Array.from({ length: boundaries.length + 1 }, (_, place) =>
    rangeAtPlace(boundaries, place),
  );
}

/** The range of the shard at `place`, 0 .. boundaries.length. */
export function rangeAtPlace(boundaries: Boundaries, place: number): HashRange {
  return {
    start: boundaries[place - 1] ?? (0n as HashKey),
    end: ((boundaries[place] ?? HASH_KEY_SPACE) - 1n) as HashKey,
  };
}

/** How many boundaries are at or below `key`: the place of the shard that holds it. Takes log2(n) comparisons. */
export function placeOf(boundaries: Boundaries, key: bigint): number {
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boundaries[middle] ?? HASH_KEY_SPACE) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function hasBoundary(boundaries: Boundaries, key: bigint): boolean {
  return boundaries[placeOf(boundaries, key) - 1] === key;
}

/** The boundaries of `count` equal ranges, as CreateStream and UpdateShardCount cut: floor(2^128 x i / count). */
export function uniformBoundaries(count: number): Boundaries {
  const n = BigInt(count);
  return Array.from(
    { length: count - 1 },
    (_, i) => ((HASH_KEY_SPACE * BigInt(i + 1)) / n) as HashKey,
  );
}

export function sameBoundaries(a: Boundaries, b: Boundaries): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

/** A boundary of the one, the other or both of two partitions. */
export type SidedBoundary = { readonly at: HashKey; readonly side: 'old' | 'new' | 'both' };

/** All boundaries of both partitions, ascending, each once. */
export function sidesOf(old: Boundaries, wanted: Boundaries): SidedBoundary[] {
  const sides: SidedBoundary[] = [];
  let [o, w] = [0, 0];
  for (;;) {
    const [a, b] = [old[o], wanted[w]];
    if (a === undefined && b === undefined) return sides;
    if (a !== undefined && (b === undefined || a < b)) {
      sides.push({ at: a, side: 'old' });
      o += 1;
    } else if (b !== undefined && (a === undefined || b < a)) {
      sides.push({ at: b, side: 'new' });
      w += 1;
    } else if (a !== undefined) {
      sides.push({ at: a, side: 'both' });
      o += 1;
      w += 1;
    }
  }
}

/** How many boundaries only one of the two has. As many operations lead from the one to the other, at the least. */
export function boundariesApart(a: Boundaries, b: Boundaries): number {
  return a.length + b.length - 2 * sharedCount(a, b);
}

/** The shards that there are when all boundaries of both stand at the same time. */
export function unionShardCount(a: Boundaries, b: Boundaries): number {
  return a.length + b.length - sharedCount(a, b) + 1;
}

function sharedCount(a: Boundaries, b: Boundaries): number {
  let shared = 0;
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [a[i], b[j]];
    if (one === undefined || other === undefined) return shared;
    if (one === other) shared += 1;
    if (one <= other) i += 1;
    if (other <= one) j += 1;
  }
}

/**
 * Moves wanted boundaries onto present ones that lie within `tolerance` keys: who rounds otherwise cuts a key beside
 * us, and moving such a boundary would cost a merge and a split for nothing.
 * @param tolerance less than half the narrowest of the wanted ranges
 */
export function snapTo(wanted: Boundaries, present: Boundaries, tolerance: bigint): Boundaries {
  return wanted.map((at) => {
    const place = placeOf(present, at);
    const [left, right] = [present[place - 1], present[place]];
    if (left !== undefined && at - left <= tolerance) return left;
    return right !== undefined && right - at <= tolerance ? right : at;
  });
}
