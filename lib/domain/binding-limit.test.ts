import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindingLimit, type UsePoint } from './binding-limit.ts';

const NOTHING = { writeBytes: Number.NaN, writeRecords: Number.NaN, readBytes: Number.NaN };

/** Periods of 5 s from 0 on; null: nothing is known. */
function points(writeBytes: readonly (number | null)[], periodSeconds = 5): UsePoint[] {
  return writeBytes.map((use, i) => ({
    periodStartMs: i * periodSeconds * 1_000,
    periodSeconds,
    use: { ...NOTHING, writeBytes: use ?? Number.NaN },
  }));
}

describe('bindingLimit', () => {
  test('binds since the first period of the unbroken run above the threshold', () => {
    expect(bindingLimit(points([0.9, 0.5, 0.8, 0.95, 1.02]))).toEqual({
      limit: 'writeBytes',
      use: 1.02,
      sinceMs: 10_000,
      atLeast: false,
      resolutionSeconds: 5,
    });
  });

  test('nothing binds below the threshold, nor where nothing is known of the newest period', () => {
    expect(bindingLimit(points([1, 1, 0.79]))).toBeNull();
    expect(bindingLimit(points([1, 1, null]))).toBeNull();
    expect(bindingLimit([])).toBeNull();
  });

  test('a gap ends the claim: since then at least', () => {
    expect(bindingLimit(points([1, null, 0.9, 0.9]))).toMatchObject({
      sinceMs: 10_000,
      atLeast: true,
    });
  });

  test('a period that is missing altogether is a gap too', () => {
    const [first, , third] = points([0.9, 0.9, 0.9]);
    if (first === undefined || third === undefined) throw new Error('There are three points.');
    expect(bindingLimit([first, third])).toMatchObject({ sinceMs: 10_000, atLeast: true });
  });

  test('the beginning of what is recorded is the beginning of what can be claimed', () => {
    expect(bindingLimit(points([0.9, 0.9]))).toMatchObject({ sinceMs: 0, atLeast: true });
  });

  test('is about the limit that binds now, not about whichever bound before', () => {
    const [before, now] = points([0.9, 0.85]);
    if (before === undefined || now === undefined) throw new Error('There are two points.');
    const recordsNow = { ...now, use: { ...now.use, writeRecords: 0.99 } };
    const recordsBefore = { ...before, use: { ...before.use, writeRecords: 0.3 } };
    expect(bindingLimit([recordsBefore, recordsNow])).toMatchObject({
      limit: 'writeRecords',
      sinceMs: 5_000,
      atLeast: false,
    });
  });

  test('longer periods of an older past say how exactly the beginning is known', () => {
    const minute: UsePoint = {
      periodStartMs: -60_000,
      periodSeconds: 60,
      use: { ...NOTHING, writeBytes: 0.9 },
    };
    expect(bindingLimit([minute, ...points([0.9, 0.9])])).toMatchObject({
      sinceMs: -60_000,
      resolutionSeconds: 60,
    });
  });

  test('every period from then on is above the threshold, and the one before is not', () => {
    const use = fc.option(fc.double({ min: 0, max: 1.2, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(fc.array(use, { minLength: 1, maxLength: 30 }), (given) => {
        const binding = bindingLimit(points(given));
        const newest = given.at(-1) ?? null;
        expect(binding === null).toBe(newest === null || newest < 0.8);
        if (binding === null) return;
        const first = binding.sinceMs / 5_000;
        expect(given.slice(first).every((one) => one !== null && one >= 0.8)).toBe(true);
        const before = first === 0 ? null : (given[first - 1] ?? null);
        expect(binding.atLeast).toBe(before === null);
        if (before !== null) expect(before).toBeLessThan(0.8);
      }),
    );
  });
});
