import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wallTime } from '#lib/format/time.ts';
import { parseWallTime } from './parse-wall-time.ts';

describe('parseWallTime', () => {
  test('reads what a clock of the zone shows, with and without seconds', () => {
    expect(parseWallTime('2026-11-23 12:04:05', 'UTC')).toBe(Date.UTC(2026, 10, 23, 12, 4, 5));
    expect(parseWallTime(' 2026-11-23T17:34 ', 'Asia/Kolkata')).toBe(Date.UTC(2026, 10, 23, 12, 4));
  });

  test.each(['', 'yesterday', '2026-02-30 10:00', '2026-13-01 10:00', '2026-11-23 24:00', '12:04'])(
    'takes no %j',
    (text) => {
      expect(parseWallTime(text, 'UTC')).toBeNull();
    },
  );

  test('knows no hour that summer time skips, and takes the first of one that comes twice', () => {
    expect(parseWallTime('2026-03-29 02:30', 'Europe/Berlin')).toBeNull();
    expect(parseWallTime('2026-10-25 02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(parseWallTime('2026-10-25 03:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 2, 30));
  });

  test('undoes what is shown, in every zone', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'];
    const second = fc.integer({ min: 1_500_000_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(second, fc.constantFrom(...zones), (seconds, zone) => {
        const shown = wallTime(seconds * 1_000, zone);
        const read = parseWallTime(shown, zone);
        // An hour that comes twice is read as its first: the wall shows the same then.
        expect(read === null ? null : wallTime(read, zone)).toBe(shown);
      }),
    );
  });
});
