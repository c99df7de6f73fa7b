import { describe, expect, test } from 'vitest';
import { formatAge, formatLag } from './age.ts';

describe('formatAge', () => {
  test.each([
    [-300, '0 s'],
    [999, '0 s'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [65_000, '1 min 05 s'],
    [59 * 60_000, '59 min'],
    [3_600_000, '1 h'],
    [2 * 3_600_000 + 5 * 60_000, '2 h 05 min'],
    [24 * 3_600_000, '1 d'],
    [(5 * 24 + 4) * 3_600_000, '5 d 4 h'],
  ])('%d ms is %s', (span, text) => {
    expect(formatAge(span)).toBe(text);
  });
});

describe('formatLag', () => {
  test.each([
    [0, '0 s'],
    [0.4, '1 ms'],
    [250, '250 ms'],
    [4_200, '4 s'],
  ])('%d ms is %s', (lag, text) => {
    expect(formatLag(lag)).toBe(text);
  });
});
