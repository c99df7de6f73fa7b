import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantShare, type RateShare } from './rate-shares.ts';

const LIFE_MS = 5_000;

/** What each worker may use at a time: the newest that it was given, while it lasts. */
function usable(given: readonly (RateShare & { atMs: number })[], nowMs: number): number {
  const newest = new Map<string, RateShare & { atMs: number }>();
  for (const share of given) if (share.atMs <= nowMs) newest.set(share.worker, share);
  return [...newest.values()]
    .filter(({ untilMs }) => nowMs < untilMs)
    .reduce((sum, { part }) => sum + part, 0);
}

describe('one budget for all workers', () => {
  it('is never exceeded in any second, whoever asks, and whoever dies', () => {
    const anyAsking = fc.array(
      fc.record({ worker: fc.constantFrom('a', 'b', 'c'), afterMs: fc.nat(3_000) }),
      { maxLength: 40 },
    );
    const anyClaims = fc.record({ a: fc.nat(4), b: fc.nat(4), c: fc.nat(4) });
    fc.assert(
      fc.property(anyAsking, fc.array(anyClaims, { minLength: 1 }), (asking, claims) => {
        let shares: readonly RateShare[] = [];
        const given: (RateShare & { atMs: number })[] = [];
        let nowMs = 0;
        for (const [i, { worker, afterMs }] of asking.entries()) {
          nowMs += afterMs;
          const slices = claims[i % claims.length] ?? { a: 1, b: 1, c: 1 };
          const claiming = Object.entries(slices).map(([name, n]) => ({ worker: name, slices: n }));
          const grant = grantShare(shares, claiming, worker, nowMs, LIFE_MS);
          shares = grant.shares;
          given.push({ ...grant.granted, atMs: nowMs });
          expect(usable(given, nowMs)).toBeLessThanOrEqual(1 + 1e-9);
          // Also all that was usable at any time of the last second, each worker at its most.
          const lastSecond = new Map<string, number>();
          for (const [j, share] of given.entries()) {
            const next = given.slice(j + 1).find((later) => later.worker === share.worker);
            const endMs = Math.min(share.untilMs, next?.atMs ?? share.untilMs);
            if (endMs > nowMs - 1_000) {
              lastSecond.set(share.worker, Math.max(lastSecond.get(share.worker) ?? 0, share.part));
            }
          }
          const together = [...lastSecond.values()].reduce((sum, part) => sum + part, 0);
          expect(together).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('comes to be shared by slices, and falls to who is left', () => {
    const both = [
      { worker: 'a', slices: 1 },
      { worker: 'b', slices: 3 },
    ];
    let shares: readonly RateShare[] = [];
    const ask = (worker: string, nowMs: number, claims = both) => {
      const grant = grantShare(shares, claims, worker, nowMs, LIFE_MS);
      shares = grant.shares;
      return grant.granted.part;
    };
    expect(ask('a', 0, both.slice(0, 1))).toBe(1);
    expect(ask('b', 1_000)).toBe(0);
    expect(ask('a', 2_000)).toBe(0.25);
    expect(ask('b', 2_999)).toBe(0);
    expect(ask('b', 3_000)).toBe(0.75);
    // b dies: its share runs out at 8,000, and its last second at 9,000.
    expect(ask('a', 8_999, both.slice(0, 1))).toBe(0.25);
    expect(ask('a', 9_000, both.slice(0, 1))).toBe(1);
    expect(shares).toHaveLength(2);
  });
});
