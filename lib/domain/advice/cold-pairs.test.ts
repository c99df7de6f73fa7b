import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coldPairs } from './cold-pairs.ts';
import { shardLoadOf } from './testing/facts-of.ts';

const idsOf = (uses: readonly number[], coldShare = 0.5) =>
  coldPairs(
    uses.map((use, i) => shardLoadOf(i, use)),
    coldShare,
  ).map(({ shardIds }) => shardIds.map((id) => Number(id.slice(-1))));

describe('coldPairs', () => {
  test('takes two that together stay below the share', () => {
    // 0.2 + 0.25 = 0.45 of one shard's bytes.
    expect(idsOf([0.9, 0.2, 0.25, 0.9])).toEqual([[1, 2]]);
    expect(idsOf([0.25, 0.25])).toEqual([]);
  });

  test('uses no shard twice', () => {
    expect(idsOf([0.1, 0.1, 0.1, 0.1, 0.1])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('keeps each limit, not only the one that is tightest of each shard', () => {
    const [left, right] = [shardLoadOf(0, 0.3), shardLoadOf(1, 0.1)];
    const many = { ...right, peak: { ...right.peak, writeRecords: 0.45 } };
    // Records: 0.15 + 0.45 = 0.6, though bytes are but 0.4.
    expect(coldPairs([left, many], 0.5)).toEqual([]);
    expect(coldPairs([left, right], 0.5)[0]?.use).toBeCloseTo(0.4, 12);
  });

  test('does not take for cold what is not measured', () => {
    const dark = shardLoadOf(1, Number.NaN);
    expect(coldPairs([shardLoadOf(0, 0.01), dark, shardLoadOf(2, 0.01)], 0.5)).toEqual([]);
  });

  test('a merged shard never has more than the share', () => {
    const uses = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 });
    fc.assert(
      fc.property(uses, fc.double({ min: 0.05, max: 1, noNaN: true }), (given, share) => {
        const seen = new Set<string>();
        const shards = given.map((use, i) => shardLoadOf(i, use));
        for (const { shardIds, use } of coldPairs(shards, share)) {
          expect(use).toBeLessThan(share);
          for (const id of shardIds) {
            expect(seen.has(id)).toBe(false);
            seen.add(id);
          }
        }
      }),
    );
  });
});
