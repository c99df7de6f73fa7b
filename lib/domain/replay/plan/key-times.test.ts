import { describe, expect, it } from 'vitest';
import { keyTimes } from './key-times.ts';
import { type TimeZone, timeZoneOf } from './time-zone.ts';

const UUID = '8f2f1c1e-1b9a-4a3e-9d5c-0c1f2a3b4c5d';
const at = (text: string) => Date.parse(text);
const UTC: TimeZone = { toWall: (ms) => ms, fromWall: (wall) => wall };

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
    expect(keyTimes(key, UTC)).toEqual({ fromMs: at(from), toMs: at(from) + seconds * 1_000 - 1 });
  });

  it.each(['a/x.gz', 'a/2026/13/01/x', 'a/2026/02/31/05/x', 'a/2026/11/23/24/x', '20261123/x', ''])(
    'are not known of %j',
    (key) => {
      expect(keyTimes(key, UTC)).toBeNull();
    },
  );

  it('go by the clock that the keys were written by', () => {
    const zone = timeZoneOf('Africa/Johannesburg') ?? UTC;
    expect(keyTimes('a/2026/11/23/05/x', zone)?.fromMs).toBe(at('2026-11-23T03:00:00Z'));
  });
});
