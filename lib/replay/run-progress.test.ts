import { describe, expect, test } from 'vitest';
import { UTC } from '#lib/format/time.ts';
import { etaWords, progressLines } from './run-progress.ts';
import { progressOf } from './testing/progress-of.ts';

const linesOf = (changes: Parameters<typeof progressOf>[0] = {}) =>
  Object.fromEntries(progressLines(progressOf(changes), UTC).map((line) => [line.key, line]));

describe('progressLines', () => {
  test('tells how far it is in three ways', () => {
    const { bytes, records, time } = linesOf();
    expect([bytes?.share, records?.share, time?.share]).toEqual([0.5, 0.5, 0.5]);
    expect(bytes?.words).toBe('19.5 KiB of 39.1 KiB, 20 of 40 objects read to their end');
    expect(records?.words).toContain('900 sent, about 1,800 expected');
    expect(time?.words).toContain('1970-01-01 00:25:00 UTC');
  });

  test('what is not known is said, and has no bar', () => {
    const { records, time } = linesOf({ recordsExpected: null, archiveFromMs: null });
    expect([records?.share, time?.share]).toEqual([null, null]);
    expect(time?.words).toBe('the keys of the archive tell no times');
    expect(linesOf({ archiveMs: null })['time']?.share).toBeNull();
    expect(linesOf({ storedBytes: 0, storedBytesDone: 0 })['bytes']?.share).toBeNull();
  });

  test('an estimate that was too low does not make more than all', () => {
    expect(linesOf({ recordsExpected: 10 })['records']?.share).toBe(1);
  });
});

describe('etaWords', () => {
  test('says how long, and when by the clock', () => {
    expect(etaWords({ etaMs: 90_000 }, 0, UTC)).toBe(
      'About 1 min 30 s to go at the rate of now: until 00:01:30',
    );
    expect(etaWords({ etaMs: 2 * 86_400_000 }, 0, UTC)).toContain('on 1970-01-03');
    expect(etaWords({ etaMs: null }, 0, UTC)).toBeNull();
  });
});
