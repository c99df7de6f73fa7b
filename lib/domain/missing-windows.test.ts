import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingWindows } from './missing-windows.ts';

const span = (periods: number) => ({ startMs: 0, endMs: periods * 1000, periodSeconds: 1 });
const pairs = (present: number[], periods: number, periodsMax = 100) =>
  missingWindows(
    present.map((p) => p * 1000),
    span(periods),
    periodsMax,
  ).map((w) => [w.startMs / 1000, w.endMs / 1000]);

test('nothing there: the whole span', () => {
  expect(pairs([], 4)).toEqual([[0, 4]]);
});

test('holes come newest first', () => {
  expect(pairs([0, 2, 5], 7)).toEqual([
    [6, 7],
    [3, 5],
    [1, 2],
  ]);
});

test('long holes are cut', () => {
  expect(pairs([], 5, 2)).toEqual([
    [3, 5],
    [1, 3],
    [0, 1],
  ]);
});

test('nothing missing, or an empty span: no window', () => {
  expect(pairs([0, 1], 2)).toEqual([]);
  expect(pairs([], 0)).toEqual([]);
});

test('present and missing make the span, each period once, no window too long', () => {
  const periods = fc.integer({ min: 0, max: 40 });
  const present = fc.uniqueArray(fc.integer({ min: 0, max: 39 }));
  fc.assert(
    fc.property(periods, present, fc.integer({ min: 1, max: 7 }), (count, some, periodsMax) => {
      const windows = missingWindows(
        some.map((p) => p * 1000),
        span(count),
        periodsMax,
      );
      const missing = windows.flatMap((w) => {
        const length = (w.endMs - w.startMs) / 1000;
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(periodsMax);
        return Array.from({ length }, (_, i) => w.startMs / 1000 + i);
      });
      const all = [...missing, ...some.filter((p) => p < count)].toSorted((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
    }),
  );
});
