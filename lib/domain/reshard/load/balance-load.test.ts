import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import {
  type Boundaries,
  boundariesApart,
  rangesOf,
  uniformBoundaries,
} from '#lib/domain/reshard/boundaries.ts';
import { unreachableBoundaries } from '#lib/domain/reshard/unreachable.ts';
import { balanceLoad, lowestBusiestUse, shardsWithin } from './balance-load.ts';
import { type LoadEstimate, loadEstimate } from './load-estimate.ts';
import { cellCount, type LoadGrid, loadBetween, loadGrid } from './load-grid.ts';
import { loadOfRange } from './load-of-range.ts';
import { writeUse } from './write-rate.ts';

/** A grid as it is given, cell by cell: use of bytes and of records. */
function gridOf(cells: readonly (readonly [bytes: number, records: number])[]): LoadGrid {
  const sums = (of: 0 | 1) =>
    Float64Array.from({ length: cells.length + 1 }, (_, i) =>
      cells.slice(0, i).reduce((sum, cell) => sum + cell[of], 0),
    );
  return {
    stretchStarts: cells.map((_, i) => BigInt(i) * 8n),
    stretchEdges: Int32Array.from({ length: cells.length + 1 }, (_, i) => i),
    bytesUse: sums(0),
    recordsUse: sums(1),
    isPresent: new Uint8Array(cells.length + 1),
  };
}

/** The lowest use of the busiest shard over all ways to cut. */
function bruteBusiest(grid: LoadGrid, count: number, from = 0): number {
  const cells = cellCount(grid);
  if (count === 1) return loadBetween(grid, from, cells);
  let best = loadBetween(grid, from, cells);
  for (let to = from + 1; to < cells; to += 1) {
    best = Math.min(best, Math.max(loadBetween(grid, from, to), bruteBusiest(grid, count - 1, to)));
  }
  return best;
}

const use = fc.double({ min: 0, max: 1, noNaN: true });
const cells = fc.array(fc.tuple(use, use), { minLength: 1, maxLength: 9 });

describe('lowestBusiestUse', () => {
  it('is what trying all cuts finds, by both limits', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 6 }), (given, count) => {
        const grid = gridOf(given);
        const lowest = lowestBusiestUse(grid, count);
        expect(lowest).toBeCloseTo(bruteBusiest(grid, count), 6);
        expect(shardsWithin(grid, lowest)).toBeLessThanOrEqual(count);
      }),
    );
  });
});

/** 40 bins of the ring, each with a load of its own. */
const anyLoad = fc.array(fc.tuple(use, use), { minLength: 40, maxLength: 40 }).map((bins) =>
  loadEstimate(
    bins.map(([bytes, records], i) => ({
      start: hashKey((2n ** 128n * BigInt(i)) / 40n),
      bytesPerSecond: bytes * MEBIBYTE,
      recordsPerSecond: records * 1_000,
    })),
  ),
);

function busiest(load: LoadEstimate, boundaries: Boundaries): number {
  return Math.max(...rangesOf(boundaries).map((range) => writeUse(loadOfRange(load, range))));
}

describe('balanceLoad', () => {
  it('keeps the bound with just as many shards, and can be reached', () => {
    fc.assert(
      fc.property(
        anyLoad,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (load, now, count) => {
          const present = uniformBoundaries(now);
          const grid = loadGrid(load, count, present);
          const useMax = lowestBusiestUse(grid, count) * 1.05;
          const { boundaries, use: highest } = balanceLoad(grid, count, useMax);
          expect(boundaries).toHaveLength(count - 1);
          expect(highest).toBeLessThanOrEqual(useMax + 1e-9);
          expect(busiest(load, boundaries)).toBeCloseTo(highest, 6);
          expect(unreachableBoundaries(present, boundaries)).toEqual([]);
          // An even cut of what can be cut anywhere is never far off.
          expect(highest).toBeLessThanOrEqual(
            busiest(load, uniformBoundaries(count)) * 1.07 + 1e-9,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('moves nothing where the load is even already', () => {
    const load = loadEstimate([
      { start: hashKey(0n), bytesPerSecond: 8 * MEBIBYTE, recordsPerSecond: 10 },
    ]);
    const present = uniformBoundaries(10);
    const grid = loadGrid(load, 10, present);
    const { boundaries } = balanceLoad(grid, 10, lowestBusiestUse(grid, 10) * 1.05);
    expect(boundaries).toEqual(present);
  });

  it('moves few boundaries to relieve one hot shard of many', () => {
    const present = uniformBoundaries(100);
    const load = loadEstimate(
      rangesOf(present).map(({ start }, i) => ({
        start,
        bytesPerSecond: MEBIBYTE * (i === 42 ? 0.9 : i % 3 === 0 ? 0.05 : 0.3),
        recordsPerSecond: 0,
      })),
    );
    const grid = loadGrid(load, 100, present);
    // The best there is has nearly all of them moved; what it takes to be content with less is four operations.
    const { boundaries, use: highest } = balanceLoad(grid, 100, 0.36);
    expect(highest).toBeLessThanOrEqual(0.36);
    expect(boundariesApart(present, boundaries)).toBe(4);
  });

  it('leaves a key of its own alone, however hot, and spreads the rest', () => {
    const hot = 2n ** 100n;
    const load = loadEstimate([
      { start: hashKey(0n), bytesPerSecond: MEBIBYTE, recordsPerSecond: 0 },
      { start: hashKey(hot), bytesPerSecond: 3 * MEBIBYTE, recordsPerSecond: 0 },
      { start: hashKey(hot + 2n), bytesPerSecond: MEBIBYTE, recordsPerSecond: 0 },
    ]);
    const grid = loadGrid(load, 4, []);
    const lowest = lowestBusiestUse(grid, 4);
    expect(lowest).toBe(3);
    expect(balanceLoad(grid, 4, lowest).use).toBe(3);
    expect(shardsWithin(grid, 0.5)).toBe(5);
  });
});
