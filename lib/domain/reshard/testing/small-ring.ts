import fc from 'fast-check';
import { HASH_KEY_SPACE, hashKey } from '#lib/domain/hash-key.ts';
import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';

/** For tests: boundaries from numbers. */
export function keys(...at: readonly (number | bigint)[]): Boundaries {
  return at.map((key) => hashKey(BigInt(key)));
}

/** Boundaries among the first `size` keys: small enough to try everything, and at the ring's start, where rules bite. */
export function smallBoundaries(size: number): fc.Arbitrary<Boundaries> {
  return fc
    .subarray(Array.from({ length: size - 1 }, (_, i) => i + 1))
    .map((places) => keys(...places));
}

/** The same at the other end of the ring. */
export function mirrored(boundaries: Boundaries): Boundaries {
  return boundaries.map((at) => hashKey(HASH_KEY_SPACE - at)).toReversed();
}

/** Boundaries anywhere, at most `max`, none a key beside another: of two lists too. */
export function anyBoundaries(max: number): fc.Arbitrary<Boundaries> {
  return fc
    .uniqueArray(fc.bigInt({ min: 1n, max: HASH_KEY_SPACE / SPACING - 1n }), { maxLength: max })
    .map((at) => at.sort((a, b) => (a < b ? -1 : 1)).map((key) => hashKey(key * SPACING)));
}

const SPACING = 16n;
