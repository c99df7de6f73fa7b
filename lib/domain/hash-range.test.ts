import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX, HASH_KEY_SPACE, type HashKey, hashKey } from './hash-key.ts';
import {
  canSplitAt,
  firstRingFault,
  type HashRange,
  hashRange,
  isLeftNeighbour,
  mergeRanges,
  rangeContains,
  rangeMiddle,
  rangeShare,
  rangeWidth,
  splitRange,
  uniformRanges,
  WHOLE_RING,
} from './hash-range.ts';

const anyKey = fc.bigInt({ min: 0n, max: HASH_KEY_MAX }).map(hashKey);
const anyRange = fc
  .tuple(anyKey, anyKey)
  .map(([a, b]) => (a < b ? hashRange(a, b) : hashRange(b, a)));

/** A range of two keys or more, and a place that cuts it. */
const anyCut = anyRange
  .filter((range) => range.start < range.end)
  .chain((range) =>
    fc
      .bigInt({ min: range.start + 1n, max: range.end })
      .map((newStart) => ({ range, newStart: hashKey(newStart) })),
  );

/** The ring, cut in any places. */
const anyPartition = fc
  .uniqueArray(fc.bigInt({ min: 1n, max: HASH_KEY_MAX }), { maxLength: 12 })
  .map((inner): HashRange[] => {
    const starts = [0n, ...inner].sort((a, b) => (a < b ? -1 : 1));
    return starts.map((start, i) =>
      hashRange(hashKey(start), hashKey((starts[i + 1] ?? HASH_KEY_SPACE) - 1n)),
    );
  });

describe('split and merge', () => {
  it('undo each other', () => {
    fc.assert(
      fc.property(anyCut, ({ range, newStart }) => {
        const [left, right] = splitRange(range, newStart);
        expect(right.start).toBe(newStart);
        expect(isLeftNeighbour(left, right)).toBe(true);
        expect(mergeRanges(left, right)).toEqual(range);
        expect(rangeWidth(left) + rangeWidth(right)).toBe(rangeWidth(range));
      }),
    );
  });

  it('refuse ranges that do not adjoin, and the wrong order', () => {
    const [left, right] = splitRange(WHOLE_RING, hashKey(1_000n));
    expect(() => mergeRanges(right, left)).toThrow(RangeError);
    expect(() => mergeRanges(left, left)).toThrow(RangeError);
    expect(() => splitRange(left, hashKey(0n))).toThrow(RangeError);
    expect(() => splitRange(left, hashKey(1_000n))).toThrow(RangeError);
    expect(() => hashRange(hashKey(2n), hashKey(1n))).toThrow(RangeError);
  });

  it('leave each key in exactly one half', () => {
    fc.assert(
      fc.property(anyCut, anyKey, ({ range, newStart }, key) => {
        const halves = splitRange(range, newStart).filter((half) => rangeContains(half, key));
        expect(halves).toHaveLength(rangeContains(range, key) ? 1 : 0);
      }),
    );
  });
});

describe('canSplitAt', () => {
  const range = hashRange(hashKey(10n), hashKey(14n));

  it.each([
    [10n, false],
    [11n, false],
    [12n, true],
    [13n, true],
    [14n, false],
  ])('allows %s: %s, since no child may be narrower than two keys', (newStart, allowed) => {
    expect(canSplitAt(range, hashKey(newStart))).toBe(allowed);
  });

  it('leaves two keys or more on both sides', () => {
    fc.assert(
      fc.property(anyCut, ({ range, newStart }) => {
        const narrowest = splitRange(range, newStart).map(rangeWidth);
        expect(canSplitAt(range, newStart)).toBe(narrowest.every((width) => width >= 2n));
      }),
    );
  });
});

describe('rangeMiddle', () => {
  it('halves a range as evenly as whole numbers allow', () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        fc.pre(range.start < range.end);
        const [left, right] = splitRange(range, rangeMiddle(range));
        expect(rangeWidth(right) - rangeWidth(left)).toBeOneOf([0n, 1n]);
      }),
    );
  });
});

describe('uniformRanges', () => {
  it('cuts where AWS does', () => {
    expect(uniformRanges(3).map(({ start }) => start)).toEqual([
      0n,
      113427455640312821154458202477256070485n,
      226854911280625642308916404954512140970n,
    ]);
    expect(uniformRanges(2)[1]?.start).toBe(2n ** 127n);
  });

  it('covers the ring with shares that differ by one key at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const ranges = uniformRanges(count);
        const widths = ranges.map(rangeWidth);
        expect(ranges).toHaveLength(count);
        expect(firstRingFault(ranges)).toBeNull();
        for (const width of widths) {
          expect(width - HASH_KEY_SPACE / BigInt(count)).toBeOneOf([0n, 1n]);
        }
        expect(ranges.reduce((sum, range) => sum + rangeShare(range), 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('firstRingFault', () => {
  it('finds none in a partition, in whatever order', () => {
    fc.assert(
      fc.property(
        anyPartition.chain((ranges) => fc.shuffledSubarray(ranges, { minLength: ranges.length })),
        (ranges) => {
          expect(firstRingFault(ranges)).toBeNull();
        },
      ),
    );
  });

  it('names the first key of a hole', () => {
    fc.assert(
      fc.property(anyPartition, fc.nat(), (ranges, at) => {
        const missing = ranges[at % ranges.length];
        const rest = ranges.filter((range) => range !== missing);
        expect(firstRingFault(rest)).toBe(missing?.start);
      }),
    );
  });

  it('names the first key that is held twice', () => {
    const [left, right] = uniformRanges(2);
    expect(left && right && firstRingFault([left, right, right])).toBe(2n ** 127n);
    const overlap: HashRange = { start: 5n as HashKey, end: HASH_KEY_MAX };
    expect(firstRingFault([WHOLE_RING, overlap])).toBe(5n);
  });
});
