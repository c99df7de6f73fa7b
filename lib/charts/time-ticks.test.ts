import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeTicks, timeTickTexts } from './time-ticks.ts';

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);
const HOUR = 3_600_000;

describe('timeTicks', () => {
  test('lie on whole parts of the clock', () => {
    const ticks = timeTicks(NOON - 890_000, NOON + 10_000, 'UTC', 9);
    expect(timeTickTexts(ticks, 'UTC')).toEqual([
      '11:46',
      '11:48',
      '11:50',
      '11:52',
      '11:54',
      '11:56',
      '11:58',
      '12:00',
    ]);
  });

  test('lie on whole parts of the reader’s clock, and say the day at midnight', () => {
    const days = [NOON - 36 * HOUR, NOON] as const;
    expect(timeTickTexts(timeTicks(...days, 'UTC', 5), 'UTC')).toEqual([
      '11-22',
      '12:00',
      '11-23',
      '12:00',
    ]);
    expect(timeTickTexts(timeTicks(...days, 'Asia/Kolkata', 5), 'Asia/Kolkata')).toEqual([
      '12:00',
      '11-23',
      '12:00',
    ]);
  });

  test('say seconds where they are closer than minutes', () => {
    expect(timeTickTexts(timeTicks(NOON, NOON + 60_000, 'UTC', 5), 'UTC')).toEqual([
      '12:00:00',
      '12:00:15',
      '12:00:30',
      '12:00:45',
      '12:01:00',
    ]);
  });

  test('are never more than there is room for, and always within', () => {
    const span = fc.integer({ min: 60_000, max: 400 * 24 * HOUR });
    fc.assert(
      fc.property(span, fc.integer({ min: 2, max: 20 }), (lengthMs, countMax) => {
        const ticks = timeTicks(NOON, NOON + lengthMs, 'Europe/Berlin', countMax);
        expect(ticks.length).toBeLessThanOrEqual(countMax);
        expect(ticks.every((ms) => ms >= NOON && ms <= NOON + lengthMs)).toBe(true);
      }),
    );
  });
});
