import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlayTime } from './play-time.ts';

it('keeps the distances of the archive, but for long pauses', () => {
  const time = new PlayTime(60_000);
  const arrivals = [1_000, 1_500, 1_500, 500_000, null, 499_000, 500_010];
  expect(arrivals.map((arrival) => time.next(arrival))).toEqual([
    0, 500, 500, 60_500, 60_500, 60_500, 60_510,
  ]);
});

it('never runs back, and never longer than the archive did', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(10_000))), fc.nat(500), (arrivals, gap) => {
      const time = new PlayTime(gap);
      const plays = arrivals.map((arrival) => time.next(arrival));
      for (const [i, play] of plays.entries()) {
        expect(play).toBeGreaterThanOrEqual(plays[i - 1] ?? 0);
        expect(play - (plays[i - 1] ?? 0)).toBeLessThanOrEqual(gap);
      }
      const known = arrivals.filter((arrival) => arrival !== null);
      const span = known.length === 0 ? 0 : Math.max(...known) - (known[0] ?? 0);
      expect(plays.at(-1) ?? 0).toBeLessThanOrEqual(span);
    }),
  );
});
