import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Brush,
  brushBetween,
  brushOfWindow,
  brushShares,
  dragEnd,
  moveEnd,
  presetWindow,
  stopsMoved,
  windowOfBrush,
} from './brush.ts';

const STOPS = [0, 10, 20, 30, 40];

describe('brushBetween', () => {
  it('takes whole buckets, whichever way the pointer went', () => {
    expect(brushBetween(STOPS, 12, 27)).toEqual({ fromMs: 10, toMs: 30 });
    expect(brushBetween(STOPS, 27, 12)).toEqual({ fromMs: 10, toMs: 30 });
  });

  it('takes the bucket that is pressed, also at the ends', () => {
    expect(brushBetween(STOPS, 20, 20)).toEqual({ fromMs: 20, toMs: 30 });
    expect(brushBetween(STOPS, 40, 40)).toEqual({ fromMs: 30, toMs: 40 });
    expect(brushBetween(STOPS, -5, -5)).toEqual({ fromMs: 0, toMs: 10 });
  });
});

describe('moveEnd', () => {
  it('steps from stop to stop, and from between two to the next', () => {
    expect(moveEnd(STOPS, { fromMs: 10, toMs: 30 }, 'to', 1)).toEqual({ fromMs: 10, toMs: 40 });
    expect(moveEnd(STOPS, { fromMs: 14, toMs: 30 }, 'from', 1)).toEqual({ fromMs: 20, toMs: 30 });
    expect(moveEnd(STOPS, { fromMs: 14, toMs: 30 }, 'from', -1)).toEqual({ fromMs: 10, toMs: 30 });
  });

  it('goes to the ends of the archive, and leaves a bucket between the two', () => {
    const brush = { fromMs: 10, toMs: 30 };
    expect(moveEnd(STOPS, brush, 'from', Number.POSITIVE_INFINITY)).toEqual({
      fromMs: 20,
      toMs: 30,
    });
    expect(moveEnd(STOPS, brush, 'to', Number.NEGATIVE_INFINITY)).toEqual({ fromMs: 10, toMs: 20 });
    expect(moveEnd(STOPS, brush, 'from', Number.NEGATIVE_INFINITY)).toEqual({
      fromMs: 0,
      toMs: 30,
    });
  });
});

describe('dragEnd', () => {
  it('goes to the nearest stop that leaves a bucket', () => {
    const brush = { fromMs: 10, toMs: 30 };
    expect(dragEnd(STOPS, brush, 'from', 16)).toEqual({ fromMs: 20, toMs: 30 });
    expect(dragEnd(STOPS, brush, 'from', 99)).toEqual({ fromMs: 20, toMs: 30 });
    expect(dragEnd(STOPS, brush, 'to', -9)).toEqual({ fromMs: 10, toMs: 20 });
    expect(dragEnd(STOPS, brush, 'to', 99)).toEqual({ fromMs: 10, toMs: 40 });
  });
});

describe('any brush', () => {
  const stopsArb = fc
    .uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 12 })
    .map((stops) => stops.sort((a, b) => a - b));
  const instant = fc.integer({ min: -100, max: 1_100 });

  it('is never empty, lies within the archive, and stays so whatever keys are pressed', () => {
    fc.assert(
      fc.property(
        stopsArb,
        instant,
        instant,
        fc.array(fc.tuple(fc.constantFrom('from', 'to'), fc.constantFrom(-10, -1, 1, 10))),
        (stops, one, other, moves) => {
          let brush: Brush = brushBetween(stops, one, other);
          for (const [end, by] of moves) {
            brush = moveEnd(stops, brush, end === 'from' ? 'from' : 'to', by);
            expect(stops).toContain(brush.fromMs);
            expect(stops).toContain(brush.toMs);
            expect(brush.fromMs).toBeLessThan(brush.toMs);
          }
        },
      ),
    );
  });

  it('comes back from the window that it makes', () => {
    const brush = { fromMs: 10, toMs: 30 };
    expect(windowOfBrush(brush)).toEqual({ fromMs: 10, toMs: 29 });
    expect(brushOfWindow(windowOfBrush(brush), { fromMs: 0, toMs: 40 })).toEqual(brush);
    expect(brushOfWindow(null, { fromMs: 0, toMs: 40 })).toEqual({ fromMs: 0, toMs: 40 });
  });

  it('is drawn within the picture', () => {
    expect(brushShares({ fromMs: -10, toMs: 20 }, { fromMs: 0, toMs: 40 })).toEqual({
      from: 0,
      to: 0.5,
    });
  });
});

describe('presets and keys', () => {
  it('ends a preset where the archive ends, and leaves one that is all of it out', () => {
    expect(presetWindow({ fromMs: 0, toMs: 100 }, 30)).toEqual({ fromMs: 70, toMs: 99 });
    expect(presetWindow({ fromMs: 0, toMs: 100 }, 100)).toBeNull();
  });

  it('knows its keys', () => {
    expect(stopsMoved('PageUp')).toBe(10);
    expect(stopsMoved('a')).toBeNull();
  });
});
