import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateBucket, SAVED_SECONDS } from './rate-bucket.ts';

const LIMIT = 1_000;

/** Offers `amount` each `everyMs` from `startMs` on for ten seconds. @returns what was admitted. */
function offerTenSeconds(startMs: number, amount: number, everyMs: number): number {
  const bucket = new RateBucket(LIMIT);
  let admitted = 0;
  for (let atMs = startMs; atMs < startMs + 10_000; atMs += everyMs) {
    if (bucket.admits(atMs)) {
      bucket.charge(amount);
      admitted += amount;
    }
  }
  return admitted;
}

describe('a rate bucket', () => {
  it('admits ten seconds of its limit and its savings in ten seconds, give or take a charge', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 2, max: 10 }),
        (startMs, amount, overload) => {
          const everyMs = (amount / LIMIT / overload) * 1_000;
          const admitted = offerTenSeconds(startMs, amount, everyMs);
          expect(admitted).toBeGreaterThanOrEqual(LIMIT * 10 - amount);
          expect(admitted).toBeLessThanOrEqual(LIMIT * (10 + SAVED_SECONDS) + amount);
        },
      ),
    );
  });

  it('admits a whole second at once, and pays that back first', () => {
    const bucket = new RateBucket(LIMIT);
    for (let i = 0; i < LIMIT; i += 1) {
      expect(bucket.admits(0)).toBe(true);
      bucket.charge(1);
    }
    expect(bucket.admits(0)).toBe(false);
    expect(bucket.admits(650)).toBe(false);
    expect(bucket.admits(651)).toBe(true);
  });

  it('never refuses what comes at the limit, spread or in bursts of up to a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LIMIT }), (burst) => {
        const bucket = new RateBucket(LIMIT);
        let refused = 0;
        for (let atMs = 0; atMs < 20_000; atMs += burst) {
          for (let i = 0; i < burst; i += 1) {
            refused += bucket.admits(atMs) ? 0 : 1;
            bucket.charge(1);
          }
        }
        expect(refused).toBe(0);
      }),
    );
  });

  it('is shut for five seconds by a charge of five seconds', () => {
    const bucket = new RateBucket(LIMIT);
    expect(bucket.admits(25)).toBe(true);
    bucket.charge(LIMIT * 5);
    expect(bucket.admits(5_024)).toBe(false);
    expect(bucket.admits(5_025)).toBe(true);
  });

  it('saves no more than its burst, however long it rests', () => {
    const bucket = new RateBucket(LIMIT);
    expect(bucket.admits(86_400_000)).toBe(true);
    bucket.charge(LIMIT);
    expect(bucket.admits(86_400_000)).toBe(false);
  });
});
