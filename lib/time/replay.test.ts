import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_PERIODS, chunkStart, chunksAhead, frameMs, placeOf, speedsFor } from './replay.ts';

describe('speeds', () => {
  test('go up to 60 times for short periods, and further for long ones', () => {
    expect(speedsFor(5)).toEqual([1, 5, 15, 60]);
    expect(speedsFor(60)).toEqual([1, 5, 15, 60, 600]);
    expect(speedsFor(900)).toEqual([1, 5, 15, 60, 600, 3_600]);
  });

  test('show a period for its length, divided', () => {
    expect(frameMs(5, 1)).toBe(5_000);
    expect(frameMs(60, 60)).toBe(1_000);
  });
});

test('an instant lies in the last period that began before it', () => {
  const starts = [10_000, 15_000, 30_000];
  expect(placeOf(starts, 0)).toBe(0);
  expect(placeOf(starts, 15_000)).toBe(1);
  // Nothing was read in between: what was known then is what was read last.
  expect(placeOf(starts, 29_999)).toBe(1);
  expect(placeOf(starts, 99_999)).toBe(2);
});

test('chunks hold each period once, and the next comes before it is needed', () => {
  const periods = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(periods, fc.constantFrom(5, 60, 300), (n, periodSeconds) => {
      const periodMs = periodSeconds * 1_000;
      const startMs = n * periodMs;
      const first = chunkStart(startMs, periodSeconds);
      expect(startMs - first).toBeGreaterThanOrEqual(0);
      expect(startMs - first).toBeLessThan(CHUNK_PERIODS * periodMs);
      const ahead = chunksAhead(startMs, periodSeconds);
      expect(ahead).toContain(first);
      // The last period of a chunk never waits for the one after it.
      const last = first + (CHUNK_PERIODS - 1) * periodMs;
      expect(chunksAhead(last, periodSeconds)).toContain(last + periodMs);
    }),
  );
});
