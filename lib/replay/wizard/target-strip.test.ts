import { describe, expect, it } from 'vitest';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { addRates, busiestUse, targetStrip, writeUse } from './target-strip.ts';

/** Shards of equal width, each at a use of its write bytes; null: unknown. */
const shardsAt = (uses: readonly (number | null)[]) =>
  uniformRanges(uses.length).map(({ start, end }, i) => {
    const use = uses[i] ?? null;
    return {
      start: `${start}`,
      end: `${end}`,
      rates: use === null ? null : { bytesPerSecond: use * 1_048_576, recordsPerSecond: 1 },
    };
  });

describe('targetStrip', () => {
  it('draws each shard where it lies, by its tighter limit', () => {
    const strip = targetStrip(shardsAt([0.5, null]));
    expect(strip.map(({ start, end, use }) => [start, end, use])).toEqual([
      [0, 0.5, 0.5],
      [0.5, 1, null],
    ]);
  });

  it('keeps the worst of thousands in sight', () => {
    const uses = Array.from({ length: 5_000 }, (_, i) => (i === 3_210 ? 0.9 : 0.1));
    const strip = targetStrip(shardsAt(uses));
    expect(strip.length).toBeLessThanOrEqual(1_025);
    expect(strip.filter(({ use }) => use === 0.9).length).toBeGreaterThan(0);
  });
});

describe('writeUse and busiestUse', () => {
  it('goes by records where these are tighter', () => {
    expect(writeUse({ bytesPerSecond: 1_048.576, recordsPerSecond: 250 })).toBe(0.25);
    expect(
      addRates(
        { bytesPerSecond: 1, recordsPerSecond: 2 },
        { bytesPerSecond: 3, recordsPerSecond: 4 },
      ),
    ).toEqual({ bytesPerSecond: 4, recordsPerSecond: 6 });
  });

  it('is not known where any shard is not', () => {
    expect(busiestUse(shardsAt([0.5, 0.7]))).toBeCloseTo(0.7);
    expect(busiestUse(shardsAt([0.5, null]))).toBeNull();
  });
});
