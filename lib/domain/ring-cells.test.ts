import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMN_WIDTH, FRAME_WIDTH_MIN, type RingPiece, ringCells } from './ring-cells.ts';

/** `count` pieces of equal width. */
function even(count: number): readonly RingPiece[] {
  return Array.from({ length: count }, (_, i) => ({ start: i / count, end: (i + 1) / count }));
}

/** Pieces cut at these 65,536ths of the ring. */
function cutAt(at: readonly number[]): readonly RingPiece[] {
  const starts = [...new Set([0, ...at])].sort((a, b) => a - b);
  return starts.map((start, i) => ({
    start: start / 65_536,
    end: (starts[i + 1] ?? 65_536) / 65_536,
  }));
}

const cuts = fc.array(fc.integer({ min: 1, max: 65_535 }), { maxLength: 300 });
const widths = fc.integer({ min: 200, max: 3_000 });

describe('ringCells', () => {
  it('gives each shard a frame while frames are wide enough', () => {
    const cells = ringCells(even(4), 400);
    expect(cells).toEqual([
      { x: 0, width: 100, firstPlace: 0, lastPlace: 0 },
      { x: 100, width: 100, firstPlace: 1, lastPlace: 1 },
      { x: 200, width: 100, firstPlace: 2, lastPlace: 2 },
      { x: 300, width: 100, firstPlace: 3, lastPlace: 3 },
    ]);
  });

  it('draws 10,000 shards in as many columns as can be seen', () => {
    const cells = ringCells(even(10_000), 1_376);
    expect(cells).toHaveLength(1_376 / COLUMN_WIDTH);
  });

  it('covers the strip without hole or overlap', () => {
    fc.assert(
      fc.property(cuts, widths, (at, width) => {
        const cells = ringCells(cutAt(at), width);
        let x = 0;
        for (const cell of cells) {
          expect(cell.x).toBeCloseTo(x, 6);
          x = cell.x + cell.width;
        }
        expect(x).toBeCloseTo(width, 6);
      }),
    );
  });

  it('shows every shard in some cell, and a cell only of shards that touch it', () => {
    fc.assert(
      fc.property(cuts, widths, (at, width) => {
        const ring = cutAt(at);
        const shown = new Set<number>();
        for (const cell of ringCells(ring, width)) {
          for (let place = cell.firstPlace; place <= cell.lastPlace; place += 1) {
            shown.add(place);
            const shard = ring[place];
            expect((shard?.end ?? 0) * width).toBeGreaterThan(cell.x - 1e-6);
            expect((shard?.start ?? 1) * width).toBeLessThan(cell.x + cell.width + 1e-6);
          }
        }
        expect(shown.size).toBe(ring.length);
      }),
    );
  });

  it('never makes a column of a wide shard', () => {
    fc.assert(
      fc.property(cuts, widths, (at, width) => {
        const ring = cutAt(at);
        for (const cell of ringCells(ring, width)) {
          if (cell.firstPlace === cell.lastPlace) continue;
          for (let place = cell.firstPlace; place <= cell.lastPlace; place += 1) {
            const shard = ring[place];
            expect(((shard?.end ?? 0) - (shard?.start ?? 0)) * width).toBeLessThan(FRAME_WIDTH_MIN);
          }
        }
      }),
    );
  });
});
