import { describe, expect, test } from 'vitest';
import { sourceLine } from './source-line.ts';
import { formatInstant, formatInstantUtc, formatPeriod } from './time.ts';

const noon = Date.UTC(2026, 10, 23, 12, 4, 5);

test('a period has both ends in UTC', () => {
  expect(formatPeriod(noon, 5)).toBe('12:04:05–12:04:10 UTC');
});

describe('an instant', () => {
  test('in UTC', () => {
    expect(formatInstantUtc(noon)).toBe('2026-11-23 12:04:05 UTC');
  });
  test.each([
    ['Asia/Kolkata', '2026-11-23 12:04:05 UTC (17:34:05 GMT+5:30)'],
    ['UTC', '2026-11-23 12:04:05 UTC'],
    [null, '2026-11-23 12:04:05 UTC'],
  ])('for a reader in %s', (timeZone, text) => {
    expect(formatInstant(noon, timeZone)).toBe(text);
  });
});

test('the source line tells source, period and age', () => {
  const source = { periodStartMs: noon, periodSeconds: 5, collectedAtMs: noon + 6_000 };
  expect(sourceLine(source, noon + 8_000)).toBe(
    'CloudWatch, period 12:04:05–12:04:10 UTC, read 2 s ago',
  );
});
