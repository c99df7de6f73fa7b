import { describe, expect, test } from 'vitest';
import { sourceLine } from './source-line.ts';
import {
  formatClock,
  formatDay,
  formatInstant,
  formatPeriod,
  formatPeriodUnder,
  zoneName,
} from './time.ts';

const noon = Date.UTC(2026, 10, 23, 12, 4, 5);

test('a period has both ends in UTC', () => {
  expect(formatPeriod(noon, 5)).toBe('12:04:05–12:04:10 UTC');
});

test('a period names the zone that it is told in', () => {
  expect(formatPeriod(noon, 5, 'Asia/Kolkata')).toBe('17:34:05–17:34:10 GMT+5:30');
  expect(formatPeriodUnder(noon, noon, 60, 'Asia/Kolkata')).toBe('17:34:05–17:35:05');
});

describe('an instant', () => {
  test.each([
    ['UTC', '2026-11-23 12:04:05 UTC'],
    ['Asia/Kolkata', '2026-11-23 17:34:05 GMT+5:30'],
    // The date is that of the zone too.
    ['Pacific/Auckland', '2026-11-24 01:04:05 GMT+13'],
  ])('is told in %s', (zone, text) => {
    expect(formatInstant(noon, zone)).toBe(text);
    expect(text).toContain(formatDay(noon, zone));
    expect(text).toContain(formatClock(noon, zone));
  });

  test('names summer time by its offset', () => {
    expect(zoneName('Europe/Berlin', noon)).toBe('GMT+1');
    expect(zoneName('Europe/Berlin', Date.UTC(2026, 6, 1))).toBe('GMT+2');
  });

  test('midnight begins a day', () => {
    expect(formatInstant(Date.UTC(2026, 10, 23, 23), 'Europe/Berlin')).toBe(
      '2026-11-24 00:00:00 GMT+1',
    );
  });
});

test('the source line tells source, period and age', () => {
  const source = { periodStartMs: noon, periodSeconds: 5, collectedAtMs: noon + 6_000 };
  expect(sourceLine(source, noon + 8_000)).toBe(
    'CloudWatch, period 12:04:05–12:04:10 UTC, read 2 s ago',
  );
});
