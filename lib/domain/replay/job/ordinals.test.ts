import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOrdinals,
  gapsBefore,
  hasOrdinal,
  lowWater,
  NO_ORDINALS,
  type Ordinals,
  type Run,
  withOrdinals,
  withoutOrdinals,
} from './ordinals.ts';

const END = 40;
const anyRuns: fc.Arbitrary<readonly Run[]> = fc.array(
  fc.tuple(fc.nat(END - 1), fc.nat(END - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]),
  { maxLength: 8 },
);

const numbersOf = (runs: readonly Run[]) => {
  const numbers = new Set<number>();
  for (const [first, last] of runs) for (let n = first; n <= last; n += 1) numbers.add(n);
  return numbers;
};

/** Runs are apart, so that one set has one form. */
function expectSet(ordinals: Ordinals, numbers: ReadonlySet<number>): void {
  expect(numbersOf(ordinals)).toEqual(numbers);
  expect(countOrdinals(ordinals)).toBe(numbers.size);
  for (const [i, run] of ordinals.entries()) {
    expect(run[0]).toBeLessThanOrEqual(run[1]);
    const next = ordinals[i + 1];
    if (next !== undefined) expect(next[0]).toBeGreaterThan(run[1] + 1);
  }
}

describe('a set of ordinals', () => {
  it('does what a Set of numbers does', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (some, others) => {
        const a = withOrdinals(NO_ORDINALS, some);
        const [left, right] = [numbersOf(some), numbersOf(others)];
        expectSet(a, left);
        expectSet(withOrdinals(a, others), left.union(right));
        expectSet(withoutOrdinals(a, others), left.difference(right));
        for (let n = 0; n < END; n += 1) expect(hasOrdinal(a, n)).toBe(left.has(n));
      }),
    );
  });

  it('knows what it lacks, and up to where it lacks nothing', () => {
    fc.assert(
      fc.property(anyRuns, fc.nat(END), (runs, end) => {
        const numbers = numbersOf(runs);
        const ordinals = withOrdinals(NO_ORDINALS, runs);
        const missing = Array.from({ length: end }, (_, n) => n).filter((n) => !numbers.has(n));
        expectSet(gapsBefore(ordinals, end), new Set(missing));
        const low = lowWater(ordinals);
        expect(numbers.has(low)).toBe(false);
        expect(Array.from({ length: low }, (_, n) => n).every((n) => numbers.has(n))).toBe(true);
      }),
    );
  });
});
