import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { firstRingFault, rangeContains, uniformRanges } from '#lib/domain/hash-range.ts';
import {
  areBoundaries,
  boundariesApart,
  hasBoundary,
  placeOf,
  rangesOf,
  sidesOf,
  snapTo,
  uniformBoundaries,
  unionShardCount,
} from './boundaries.ts';
import { anyBoundaries, keys } from './testing/small-ring.ts';

describe('boundaries', () => {
  it('cover the ring, whatever they are', () => {
    fc.assert(
      fc.property(anyBoundaries(20), (boundaries) => {
        expect(areBoundaries(boundaries)).toBe(true);
        expect(firstRingFault(rangesOf(boundaries))).toBeNull();
      }),
    );
  });

  it('are ascending, each once, and none is the start of the ring', () => {
    expect(areBoundaries(keys(0, 5))).toBe(false);
    expect(areBoundaries(keys(5, 5))).toBe(false);
    expect(areBoundaries(keys(6, 5))).toBe(false);
    expect(areBoundaries([])).toBe(true);
  });

  it('place each key in the shard that holds it', () => {
    fc.assert(
      fc.property(anyBoundaries(12), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (list, at) => {
        const key = hashKey(at);
        const holder = rangesOf(list)[placeOf(list, key)];
        expect(holder !== undefined && rangeContains(holder, key)).toBe(true);
        expect(hasBoundary(list, key)).toBe(list.includes(key));
      }),
    );
  });

  it('of equal ranges are where CreateStream cuts', () => {
    for (const count of [1, 2, 3, 7, 1_000]) {
      expect(rangesOf(uniformBoundaries(count))).toEqual(uniformRanges(count));
    }
  });
});

describe('sidesOf', () => {
  it('tells of each boundary which partition has it', () => {
    fc.assert(
      fc.property(anyBoundaries(8), anyBoundaries(8), (old, more) => {
        const wanted = [...new Set([...more, ...old.slice(0, 3)])].sort((a, b) => (a < b ? -1 : 1));
        const sides = sidesOf(old, wanted);
        expect(areBoundaries(sides.map(({ at }) => at))).toBe(true);
        expect(sides.filter(({ side }) => side !== 'new').map(({ at }) => at)).toEqual(old);
        expect(sides.filter(({ side }) => side !== 'old').map(({ at }) => at)).toEqual(wanted);
        expect(boundariesApart(old, old)).toBe(0);
        expect(boundariesApart(old, wanted)).toBe(
          sides.filter(({ side }) => side !== 'both').length,
        );
        expect(unionShardCount(old, wanted)).toBe(sides.length + 1);
      }),
    );
  });
});

describe('snapTo', () => {
  it('moves a boundary that is as good as there, and no other', () => {
    expect(snapTo(keys(100, 200, 300), keys(99, 205, 302), 3n)).toEqual(keys(99, 200, 302));
    expect(snapTo(keys(100), [], 3n)).toEqual(keys(100));
  });
});
