import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapCells, markCells, type RingWindow, WHOLE_WINDOW } from './ring-map.ts';
import { UNKNOWN_MARK } from './shard-mark.ts';

const even = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ start: i / count, end: (i + 1) / count }));

describe('mapCells', () => {
  it('leaves each of few shards alone', () => {
    const cells = mapCells(even(4), WHOLE_WINDOW);
    expect(cells.map((cell) => [cell.firstPlace, cell.start, cell.end, cell.alone])).toEqual([
      [0, 0, 0.25, true],
      [1, 0.25, 0.5, true],
      [2, 0.5, 0.75, true],
      [3, 0.75, 1, true],
    ]);
  });

  it('folds 10,000 shards into 1,024 cells, and shows them alone from near', () => {
    expect(mapCells(even(10_000), WHOLE_WINDOW)).toHaveLength(1_024);
    const near = mapCells(even(10_000), { from: 0.5, to: 0.51 });
    expect(near).toHaveLength(100);
    expect(near.every((cell) => cell.alone)).toBe(true);
    expect(near[0]).toMatchObject({ firstPlace: 5_000, lastPlace: 5_000, start: 0 });
  });

  it('cuts shards off at the edges of the window', () => {
    const cells = mapCells(even(2), { from: 0.4, to: 0.8 });
    expect(cells.map((cell) => [cell.firstPlace, cell.start, cell.end])).toEqual([
      [0, 0, expect.closeTo(0.25)],
      [1, expect.closeTo(0.25), 1],
    ]);
  });

  const windows = fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 1_000 }))
    .map(
      ([a, b]): RingWindow => ({
        from: Math.min(a, b - 1) / 1_000,
        to: Math.max(a + 1, b) / 1_000,
      }),
    );

  it('covers any window without hole, with every shard in sight in some cell, and never too many', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 3_000 }),
        windows,
        (cuts, window) => {
          const starts = [0, ...cuts.sort((a, b) => a - b)];
          const ring = starts.map((start, i) => ({
            start: start / 65_536,
            end: (starts[i + 1] ?? 65_536) / 65_536,
          }));
          const cells = mapCells(ring, window);
          expect(cells.length).toBeLessThanOrEqual(1_600);
          let at = 0;
          for (const cell of cells) {
            expect(cell.start).toBeCloseTo(at, 9);
            at = cell.end;
          }
          expect(at).toBeCloseTo(1, 9);
          const inSight = ring.flatMap(({ start, end }, place) =>
            end > window.from && start < window.to ? [place] : [],
          );
          expect(cells[0]?.firstPlace).toBe(inSight[0]);
          expect(cells.at(-1)?.lastPlace).toBe(inSight.at(-1));
          for (const [i, cell] of cells.entries()) {
            const next = cells[i + 1];
            if (next !== undefined) {
              expect(next.firstPlace).toBeLessThanOrEqual(cell.lastPlace + 1);
            }
          }
        },
      ),
    );
  });
});

it('marks a cell by the worst of its shards', () => {
  const ring = even(10_000);
  const marks = ring.map((_, place) =>
    place === 4_321 ? { use: 0.99, throttled: false } : { use: 0.01, throttled: false },
  );
  const hot = markCells(mapCells(ring, WHOLE_WINDOW), marks).filter((mark) => mark.use > 0.5);
  expect(hot.length).toBeGreaterThanOrEqual(1);
  expect(new Set(hot.map((mark) => mark.worstPlace))).toEqual(new Set([4_321]));
  expect(markCells(mapCells(ring, WHOLE_WINDOW), [])[0]).toMatchObject(UNKNOWN_MARK);
});
