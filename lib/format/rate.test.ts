import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatBytesPerSecond, formatRecordsPerSecond } from './rate.ts';

describe('formatBytesPerSecond', () => {
  test.each([
    [0, '0 B/s'],
    [0.001, '< 0.01 B/s'],
    [512, '512 B/s'],
    [2_048, '2.00 KiB/s'],
    [52_429, '51.2 KiB/s'],
    [104_858, '0.10 MiB/s'],
    [1_048_576, '1.00 MiB/s'],
    [1_069_548, '1.02 MiB/s'],
    [64 * 1_048_576, '64.0 MiB/s'],
    [500 * 1_048_576, '500 MiB/s'],
    [2_048 * 1_048_576, '2.00 GiB/s'],
  ])('%d B/s is %s', (rate, text) => {
    expect(formatBytesPerSecond(rate)).toBe(text);
  });

  test.each([null, Number.NaN])('%s is unknown, not zero', (rate) => {
    expect(formatBytesPerSecond(rate)).toBe('–');
  });

  test('what is not zero never reads as zero', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 1e12, noNaN: true }), (rate) => {
        expect(formatBytesPerSecond(rate)).not.toMatch(/^0(?:\.0+)? /);
      }),
    );
  });
});

describe('formatRecordsPerSecond', () => {
  test.each([
    [0, '0 rec/s'],
    [0.02, '< 0.1 rec/s'],
    [0.2, '0.2 rec/s'],
    [9.94, '9.9 rec/s'],
    [9.96, '10 rec/s'],
    [995.2, '995 rec/s'],
    [12_345, '12,345 rec/s'],
  ])('%d is %s', (rate, text) => {
    expect(formatRecordsPerSecond(rate)).toBe(text);
  });

  test.each([null, Number.NaN])('%s is unknown, not zero', (rate) => {
    expect(formatRecordsPerSecond(rate)).toBe('–');
  });
});
