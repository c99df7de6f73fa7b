import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { bandRange, lagRank, worstByBand } from './worst-by-band.ts';

const halves = [
  { start: 0, end: 0.5 },
  { start: 0.5, end: 1 },
];

const worstOf = (
  bands: readonly RingPiece[],
  pieces: readonly (RingPiece | null)[],
  ranks: readonly number[],
) =>
  worstByBand(
    bands.length,
    pieces.map((piece) => (piece === null ? null : bandRange(bands, piece))),
    ranks,
  );

describe('the worst of each stretch', () => {
  test('status goes before lag, lag before nothing, unknown lag is no better than any', () => {
    expect(lagRank('STALL', 1)).toBeGreaterThan(lagRank('WARN', 90_000));
    expect(lagRank('OK', 20)).toBeGreaterThan(lagRank('OK', 10));
    expect(lagRank('OK', Number.NaN)).toBeGreaterThan(lagRank('OK', 1e7));
    expect(lagRank('OK', 0)).toBeGreaterThan(lagRank('DONE', Number.NaN));
  });

  test('a closed shard that is still read lies over both of its children', () => {
    const pieces = [{ start: 0, end: 1 }, ...halves];
    expect([...worstOf(halves, pieces, [3, 1, 5])]).toEqual([0, 2]);
  });

  test('where no shard lies, or none is known to, there is none', () => {
    expect([...worstOf(halves, [{ start: 0.5, end: 1 }, null], [1, 9])]).toEqual([-1, 0]);
  });

  test('is what asking each band of each shard says', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 63 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        cuts,
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 1, max: 64 }), fc.nat(5)),
          { maxLength: 30 },
        ),
        (inner, shards) => {
          const edges = [0, ...inner.sort((a, b) => a - b), 64].map((edge) => edge / 64);
          const bands = edges.slice(1).map((end, i) => ({ start: edges[i] ?? 0, end }));
          const pieces = shards.map(([start, width]) => ({
            start: start / 64,
            end: Math.min(1, (start + width) / 64),
          }));
          const ranks = shards.map(([, , rank]) => rank);
          const expected = bands.map((band) => {
            let worst = -1;
            for (const [i, { start, end }] of pieces.entries()) {
              if (start >= band.end || end <= band.start) continue;
              if (worst < 0 || (ranks[i] ?? 0) > (ranks[worst] ?? 0)) worst = i;
            }
            return worst;
          });
          expect([...worstOf(bands, pieces, ranks)]).toEqual(expected);
        },
      ),
    );
  });
});
