import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bringIntoWindow,
  brush,
  formatBound,
  isWholeRing,
  keyAt,
  panBy,
  parseBound,
  windowBetween,
  zoomAt,
} from './ring-window.ts';

const WHOLE = { from: 0, to: 1 };

describe('zoomAt', () => {
  it('leaves what is under the pointer where it is', () => {
    const window = { from: 0.2, to: 0.6 };
    const near = zoomAt(window, 0.25, 0.5);
    expect(near.to - near.from).toBeCloseTo(0.2);
    expect(near.from + 0.25 * 0.2).toBeCloseTo(0.2 + 0.25 * 0.4);
  });

  it('stays on the ring', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        share,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (a, b, anchor, factor) => {
          const window = windowBetween(Math.min(a, b), Math.max(a, b));
          for (const moved of [
            zoomAt(window, anchor, factor),
            panBy(window, factor),
            brush(window, a, b),
          ]) {
            expect(moved.from).toBeGreaterThanOrEqual(0);
            expect(moved.to).toBeLessThanOrEqual(1 + 1e-12);
            expect(moved.from).toBeLessThan(moved.to);
          }
        },
      ),
    );
  });

  it('ends at the whole ring', () => {
    expect(isWholeRing(zoomAt({ from: 0.9, to: 0.95 }, 0.5, 1_000))).toBe(true);
  });
});

it('takes a stretch between two points, drawn in either direction', () => {
  expect(brush({ from: 0.5, to: 1 }, 0.5, 0)).toEqual({ from: 0.5, to: 0.75 });
});

it('moves to a stretch that is out of sight, and only then', () => {
  expect(bringIntoWindow({ from: 0, to: 0.1 }, 0.05, 0.06)).toEqual({ from: 0, to: 0.1 });
  const moved = bringIntoWindow({ from: 0, to: 0.1 }, 0.5, 0.52);
  expect(moved.from).toBeCloseTo(0.46);
  expect(moved.to).toBeCloseTo(0.56);
});

describe('bounds in the URL', () => {
  it.each([
    [0, '0'],
    [0.25, '4'],
    [0.5, '8'],
    [1 / 3, '555555555555'],
  ])('%d is %s', (share, text) => {
    expect(formatBound(share)).toBe(text);
    expect(parseBound(text)).toBeCloseTo(share, 12);
  });

  it.each(['', 'xyz', '1234567890abc'])('"%s" is none', (text) => {
    expect(parseBound(text)).toBeNull();
  });

  it('that leave nothing between them mean the whole ring', () => {
    expect(windowBetween(0.5, 0.5)).toEqual(WHOLE);
    expect(windowBetween(0.5, 0.4)).toEqual(WHOLE);
    expect(windowBetween(0.5, null)).toEqual({ from: 0.5, to: 1 });
  });
});

it('names the hash key under a point', () => {
  expect(keyAt(WHOLE, 0)).toBe(0n);
  expect(keyAt(WHOLE, 0.5)).toBe(1n << 127n);
  expect(keyAt({ from: 0.5, to: 1 }, 0.5)).toBe(3n << 126n);
  expect(keyAt(WHOLE, 1)).toBeLessThan(1n << 128n);
});
