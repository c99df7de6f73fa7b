import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX, type HashKey, hashKey, toFraction } from '#lib/domain/hash-key.ts';
import { canSplitAt, splitRange, WHOLE_RING } from '#lib/domain/hash-range.ts';
import { rangesOf } from '#lib/domain/reshard/boundaries.ts';
import { anyBoundaries, keys } from '#lib/domain/reshard/testing/small-ring.ts';
import { totalRate } from './load-estimate.ts';
import { loadFromShards } from './load-from-shards.ts';
import { loadMedian } from './load-median.ts';
import { isLoadUnknown, loadOfRange } from './load-of-range.ts';
import { addRates, NO_RATE, writeUse } from './write-rate.ts';

const rate = fc.record({
  bytesPerSecond: fc.double({ min: 0, max: 2e6, noNaN: true }),
  recordsPerSecond: fc.double({ min: 0, max: 2e3, noNaN: true }),
});

const anyLoad = fc
  .tuple(anyBoundaries(12), fc.array(rate, { minLength: 13, maxLength: 13 }))
  .map(([boundaries, rates]) =>
    loadFromShards(rangesOf(boundaries).map((range, i) => ({ range, rate: rates[i] ?? NO_RATE }))),
  );

describe('loadOfRange', () => {
  it('adds up to the whole over any partition', () => {
    fc.assert(
      fc.property(anyLoad, anyBoundaries(9), (load, partition) => {
        const sum = rangesOf(partition)
          .map((range) => loadOfRange(load, range))
          .reduce(addRates, NO_RATE);
        expect(sum.bytesPerSecond).toBeCloseTo(totalRate(load).bytesPerSecond, 2);
        expect(sum.recordsPerSecond).toBeCloseTo(totalRate(load).recordsPerSecond, 4);
      }),
    );
  });

  it('gives a part of a bin its share', () => {
    const load = loadFromShards([
      { range: WHOLE_RING, rate: { bytesPerSecond: 1_000, recordsPerSecond: 8 } },
    ]);
    const [left] = splitRange(WHOLE_RING, hashKey(2n ** 126n));
    expect(loadOfRange(load, left)).toEqual({ bytesPerSecond: 250, recordsPerSecond: 2 });
  });

  it('knows of what it knows nothing', () => {
    const [left, right] = splitRange(WHOLE_RING, hashKey(2n ** 127n));
    const load = loadFromShards([
      { range: left, rate: { bytesPerSecond: 1, recordsPerSecond: 1 } },
      { range: right, rate: null },
    ]);
    expect(isLoadUnknown(load, left)).toBe(false);
    expect(isLoadUnknown(load, WHOLE_RING)).toBe(true);
  });
});

describe('loadMedian', () => {
  it('leaves the busier half no busier than any other cut does', () => {
    const cut = fc.bigInt({ min: 2n, max: HASH_KEY_MAX - 1n });
    fc.assert(
      fc.property(anyLoad, cut, (load, other) => {
        const busier = (at: HashKey) =>
          Math.max(...splitRange(WHOLE_RING, at).map((half) => writeUse(loadOfRange(load, half))));
        const median = loadMedian(load, WHOLE_RING);
        if (median === null) throw new Error('the ring can be cut');
        expect(canSplitAt(WHOLE_RING, median)).toBe(true);
        expect(busier(median)).toBeLessThanOrEqual(busier(hashKey(other)) + 1e-9);
      }),
    );
  });

  it('goes by the limit that binds: records on one side, bytes on the other', () => {
    const [left, right] = splitRange(WHOLE_RING, hashKey(2n ** 127n));
    const load = loadFromShards([
      { range: left, rate: { bytesPerSecond: 0, recordsPerSecond: 900 } },
      { range: right, rate: { bytesPerSecond: 943_718.4, recordsPerSecond: 0 } },
    ]);
    expect(toFraction(loadMedian(load, WHOLE_RING) ?? 0n)).toBeCloseTo(0.5, 9);
  });

  it('cuts nothing that is too narrow', () => {
    const load = loadFromShards([{ range: WHOLE_RING, rate: NO_RATE }]);
    const [start = hashKey(0n), end = hashKey(0n)] = keys(10, 12);
    expect(loadMedian(load, { start, end })).toBeNull();
    expect(loadMedian(load, { start, end: hashKey(13n) })).toBe(12n);
  });
});
