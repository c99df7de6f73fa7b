import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepOfUse, USE_STEPS } from './use-step.ts';

describe('stepOfUse', () => {
  it.each([
    [0, 0],
    [0.0001, 1],
    [0.194, 1],
    [0.195, 2],
    [0.4, 3],
    [0.6, 4],
    [0.8, 5],
    [0.994, 5],
    [0.995, 6],
    [1.7, 6],
  ])('puts a use of %d in step %d', (use, step) => {
    expect(stepOfUse(use)).toBe(step);
  });

  it('says nothing of an unknown use', () => {
    expect(stepOfUse(Number.NaN)).toBeNull();
  });

  it('never falls as use rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (use, more) => {
          expect(stepOfUse(use + more) ?? -1).toBeGreaterThanOrEqual(stepOfUse(use) ?? -1);
        },
      ),
    );
  });

  it('has words for each step', () => {
    expect(USE_STEPS.map((s) => s.step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
