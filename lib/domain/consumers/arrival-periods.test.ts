import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrivalPart, arrivalsOf } from './arrival-periods.ts';

const [A, B, C] = ['shardId-000000000000', 'shardId-000000000001', 'shardId-000000000002'];
const BEFORE = [A, B];
const AFTER = [B, C];

function part(
  startMs: number,
  records: readonly number[],
  more: Partial<ArrivalPart> = {},
): ArrivalPart {
  return {
    startMs,
    endMs: startMs + 10,
    isSettled: true,
    shardIds: BEFORE,
    records: Float32Array.from(records),
    bytes: Float32Array.from(records, (count) => count * 100),
    ...more,
  };
}

describe('arrivalsOf', () => {
  const arrivals = arrivalsOf([
    part(20, [0, 4]),
    part(0, [1, 2]),
    part(10, [Number.NaN, 3]),
    part(30, [7, Number.NaN], { isSettled: false }),
  ]);

  it('adds up periods that lie wholly after the instant', () => {
    expect(arrivals.since(B, 10)).toEqual({
      records: 7,
      bytes: 700,
      firstEndMs: 20,
      partialRecords: null,
      knownFromMs: 10,
      knownThroughMs: 30,
      isComplete: true,
      perShard: true,
    });
  });

  it('tells apart what came in the period of the instant', () => {
    expect(arrivals.since(A, 5)).toMatchObject({
      records: 7,
      firstEndMs: 40,
      partialRecords: 1,
      knownFromMs: 10,
    });
  });

  it('knows nothing of what is after its last period', () => {
    expect(arrivals.since(A, 31)).toBeNull();
    expect(arrivals.since(A, 30)).toMatchObject({ records: 7, knownThroughMs: 30 });
  });

  it('is incomplete where a period is missing, at its beginning or within', () => {
    const holed = arrivalsOf([part(0, [1, 1]), part(20, [1, 1]), part(30, [1, 1])]);
    expect(holed.since(A, 0)?.isComplete).toBe(false);
    expect(holed.since(A, 15)?.isComplete).toBe(false);
    expect(holed.since(A, 20)?.isComplete).toBe(true);
    expect(holed.since(A, -5)?.isComplete).toBe(false);
  });

  it('is incomplete where a period before the last settled one is not settled', () => {
    const holed = arrivalsOf([part(0, [1, 1], { isSettled: false }), part(10, [1, 1])]);
    expect(holed.since(A, 0)?.isComplete).toBe(false);
    expect(holed.since(A, 10)?.isComplete).toBe(true);
  });

  it('takes a shard that a topology lacks as silent in it, and joins the parts of a period', () => {
    const resharded = arrivalsOf([
      part(0, [1, 2]),
      part(10, [3, Number.NaN]),
      part(10, [4, 5], { shardIds: AFTER }),
      part(20, [6, 7], { shardIds: AFTER }),
    ]);
    expect(resharded.since(A, 0)).toMatchObject({ records: 4, isComplete: true });
    expect(resharded.since(B, 0)).toMatchObject({ records: 12 });
    expect(resharded.since(C, 0)).toMatchObject({ records: 12, firstEndMs: 20 });
    expect(resharded.since(A, 20)).toMatchObject({ records: 0, firstEndMs: null });
  });

  it('says where figures are of the whole stream', () => {
    const mixed = arrivalsOf([part(0, [5], { shardIds: null }), part(10, [1, 2])]);
    expect(mixed.since(A, 0)).toMatchObject({ records: 6, perShard: false });
    expect(mixed.since(A, 10)).toMatchObject({ records: 1, perShard: true });
  });

  it('finds the same however many periods there are', () => {
    const counts = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 800 }), (pairs, fromMs) => {
        const since = arrivalsOf(pairs.map((pair, i) => part(i * 10, pair))).since(B, fromMs);
        const after = pairs.flatMap(([, b], i) =>
          i * 10 >= fromMs ? [{ b, end: i * 10 + 10 }] : [],
        );
        if (after.length === 0) {
          expect(since).toBeNull();
          return;
        }
        expect(since).toMatchObject({
          records: after.reduce((sum, { b }) => sum + b, 0),
          bytes: after.reduce((sum, { b }) => sum + b * 100, 0),
          firstEndMs: after.find(({ b }) => b > 0)?.end ?? null,
        });
      }),
    );
  });
});
