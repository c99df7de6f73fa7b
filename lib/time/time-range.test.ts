import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fixedRange,
  RECENT_RANGES,
  rangeLengthMs,
  rangeProblem,
  recentLabel,
  spanOf,
} from './time-range.ts';

test('ranges grow from 15 minutes to 7 days', () => {
  expect(RECENT_RANGES.map(spanOf)).toEqual(RECENT_RANGES.map(spanOf).toSorted((a, b) => a - b));
  expect(spanOf('15m')).toBe(900_000);
  expect(spanOf('7d')).toBe(604_800_000);
  expect(recentLabel('24h')).toBe('24 h');
});

describe('fixedRange', () => {
  test('takes its ends in any order', () => {
    const range = { kind: 'fixed', fromMs: 0, toMs: 600_000 };
    expect(fixedRange(0, 600_000)).toEqual(range);
    expect(fixedRange(600_000, 0)).toEqual(range);
  });

  test('is never too short to show anything, and holds what was asked for', () => {
    const instant = fc.integer({ min: 0, max: 2_000_000_000_000 });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 200_000 }), (fromMs, lengthMs) => {
        const range = fixedRange(fromMs, fromMs + lengthMs);
        expect(rangeLengthMs(range)).toBe(Math.max(60_000, lengthMs));
        expect(range).toMatchObject({ kind: 'fixed' });
        if (range.kind === 'fixed') {
          expect(range.fromMs).toBeLessThanOrEqual(fromMs);
          expect(range.toMs).toBeGreaterThanOrEqual(fromMs + lengthMs);
        }
      }),
    );
  });
});

test('says what is wrong with a range', () => {
  expect(rangeProblem(0, 60_000, 1_000_000)).toBeNull();
  expect(rangeProblem(60_000, 0, 1_000_000)).toContain('ends before');
  expect(rangeProblem(0, 59_999, 1_000_000)).toContain('one minute');
  expect(rangeProblem(1_000_000, 2_000_000, 1_000_000)).toContain('future');
});
