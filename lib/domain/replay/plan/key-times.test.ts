import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyTimes, listingBounds } from './key-times.ts';

const UUID = '8f2f1c1e-1b9a-4a3e-9d5c-0c1f2a3b4c5d';
const at = (text: string) => Date.parse(text);

describe('the times of a key', () => {
  it.each([
    [
      `firehose/tweets/2026/11/23/05/tweets-1-2026-11-23-05-59-58-${UUID}.gz`,
      '2026-11-23T05:59:58Z',
      1,
    ],
    ['archive/2026/11/23/05/part-7.json', '2026-11-23T05:00:00Z', 3_600],
    ['a/year=2026/month=11/day=23/hour=05/x', '2026-11-23T05:00:00Z', 3_600],
    ['dt=2026-11-23/x.gz', '2026-11-23T00:00:00Z', 86_400],
    ['a/2024/02/29/x', '2024-02-29T00:00:00Z', 86_400],
  ])('%s', (key, from, seconds) => {
    expect(keyTimes(key)).toEqual({ fromMs: at(from), toMs: at(from) + seconds * 1_000 - 1 });
  });

  it.each(['a/x.gz', 'a/2026/13/01/x', 'a/2026/02/31/05/x', 'a/2026/11/23/24/x', '20261123/x', ''])(
    'are not known of %j',
    (key) => {
      expect(keyTimes(key)).toBeNull();
    },
  );

  it('go by the clock that the keys were written by', () => {
    expect(keyTimes('a/2026/11/23/05/x', 2 * 3_600_000)?.fromMs).toBe(at('2026-11-23T03:00:00Z'));
  });
});

describe('the bounds of a listing', () => {
  it('leave out no object that may hold a record of the window, and few others', () => {
    const anyMs = fc.integer({ min: at('2024-01-01'), max: at('2027-01-01') });
    const hours = fc.nat(50).map((n) => n * 1_800_000);
    fc.assert(
      fc.property(anyMs, hours, hours, hours, fc.integer({ min: -200, max: 200 }), (...args) => {
        const [fromMs, lengthMs, paddingMs, offsetMs, steps] = args;
        const window = { fromMs, toMs: fromMs + lengthMs };
        const objectMs = fromMs + steps * 1_800_000;
        const [year, month, day, hour] = new Date(objectMs + offsetMs).toISOString().split(/[-T:]/);
        const key = `p/${year}/${month}/${day}/${hour}/name`;
        const { startAfter, stopAt } = listingBounds('p/', window, paddingMs, offsetMs);
        const isListed = key > startAfter && key < stopAt;
        const isNear = objectMs >= fromMs - paddingMs && objectMs <= window.toMs + paddingMs;
        if (isNear) expect(isListed).toBe(true);
        const isFar =
          objectMs < fromMs - paddingMs - 3_600_000 ||
          objectMs > window.toMs + paddingMs + 7_200_000;
        if (isFar) expect(isListed).toBe(false);
      }),
    );
  });
});
