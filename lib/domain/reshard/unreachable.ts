import { HASH_KEY_SPACE, type HashKey } from '#lib/domain/hash-key.ts';
import { type Boundaries, hasBoundary } from './boundaries.ts';

/** A wanted boundary that no split can make, and the nearest that one can; null: none within reach. */
export type Unreachable = { readonly wanted: HashKey; readonly nearest: HashKey | null };

/** So many keys around an unreachable boundary are tried. */
const NEAREST_WITHIN = 8n;

/**
 * The wanted boundaries that no order of splits and merges leads to. A split leaves two keys or more on both sides
 * (`canSplitAt`), and merges only widen: so a new boundary must lie two keys or more from every wanted one, and from
 * the ends of the ring. Everything else can be reached.
 */
export function unreachableBoundaries(
  present: Boundaries,
  wanted: Boundaries,
): readonly Unreachable[] {
  return wanted.flatMap((at, i) =>
    fits(at, wanted[i - 1], wanted[i + 1]) || hasBoundary(present, at)
      ? []
      : [{ wanted: at, nearest: nearestTo(at, aroundPlace(wanted, i)) }],
  );
}

/** The wanted boundaries that may lie within reach of the one at place `i`, without it. */
function aroundPlace(wanted: Boundaries, i: number): Boundaries {
  const reach = Number(NEAREST_WITHIN) + 1;
  return [...wanted.slice(Math.max(0, i - reach), i), ...wanted.slice(i + 1, i + 1 + reach)];
}

function fits(at: bigint, left: bigint = 0n, right: bigint = HASH_KEY_SPACE): boolean {
  return at - left >= 2n && right - at >= 2n;
}

function nearestTo(at: HashKey, near: Boundaries): HashKey | null {
  for (let by = 1n; by <= NEAREST_WITHIN; by += 1n) {
    for (const candidate of [at - by, at + by]) {
      const isClear = fits(candidate) && near.every((other) => distance(other, candidate) >= 2n);
      if (isClear) return candidate as HashKey;
    }
  }
  return null;
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}
