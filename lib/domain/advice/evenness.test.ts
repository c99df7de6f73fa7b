import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenness } from './evenness.ts';

describe('evenness', () => {
  test('of loads that are alike', () => {
    expect(evenness([2, 2, 2])).toEqual({ maxToMean: 1, gini: 0, words: 'even' });
  });

  test('of one shard that has all', () => {
    // Mean 0.25: 1 / 0.25 = 4 times. Gini of one in n: (n - 1) / n.
    expect(evenness([0, 1, 0, 0])).toEqual({ maxToMean: 4, gini: 0.75, words: 'uneven' });
    expect(evenness([0, 0, 0, 0, 0, 0, 0, 8])?.words).toBe('one-sided');
  });

  test('of loads worked by hand', () => {
    // Mean 2, greatest 3. Sum of |a - b| over all ordered pairs: 2 x 2 = 4; / (2 x n² x mean = 16) = 0.25.
    expect(evenness([3, 1])).toEqual({ maxToMean: 1.5, gini: 0.25, words: 'slightly uneven' });
  });

  test('says nothing of one shard, nor of no load', () => {
    expect(evenness([5])).toBeNull();
    expect(evenness([0, 0])).toBeNull();
  });

  test('does not depend on order or unit', () => {
    const loads = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(loads, (values) => {
        const one = evenness(values);
        const other = evenness(values.toReversed().map((value) => value * 8));
        if (one === null) {
          expect(other).toBeNull();
          return;
        }
        expect(other?.maxToMean).toBeCloseTo(one.maxToMean, 9);
        expect(other?.gini).toBeCloseTo(one.gini, 9);
        expect(one.gini).toBeLessThanOrEqual((values.length - 1) / values.length + 1e-9);
      }),
    );
  });
});
