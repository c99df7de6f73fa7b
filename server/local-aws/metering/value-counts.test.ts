import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addValue, mergeCounts, valuesOf } from './value-counts.ts';

const countsOf = (values: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const value of values) {
    addValue(counts, value);
  }
  return counts;
};

const values = fc.array(
  fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e12, noNaN: true })),
  { minLength: 1, maxLength: 50 },
);

it('gives back each value within 1 %, in order', () => {
  fc.assert(
    fc.property(values, (sampled) => {
      const sorted = [...sampled].sort((a, b) => a - b);
      const read = valuesOf(countsOf(sampled), Math.min(...sampled), Math.max(...sampled)) ?? [];
      const spread = read.flatMap(([value, samples]) =>
        Array.from({ length: samples }, () => value),
      );
      expect(spread).toHaveLength(sorted.length);
      for (const [i, value] of spread.entries()) {
        const real = sorted[i] ?? Number.NaN;
        expect(Math.abs(value - real)).toBeLessThanOrEqual(real * 0.01 + 1e-9);
      }
      expect([spread[0], spread.at(-1)]).toEqual([sorted[0], sorted.at(-1)]);
    }),
  );
});

it('merges as if all had been sampled together', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(mergeCounts(countsOf(a), countsOf(b))).toEqual(countsOf([...a, ...b]));
    }),
  );
  expect(mergeCounts(countsOf([1]), undefined)).toBeUndefined();
});

it('knows nothing once a value was negative', () => {
  expect(valuesOf(countsOf([1, -1]), -1, 1)).toBeNull();
});
