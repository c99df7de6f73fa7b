import { describe, expect, test } from 'vitest';
import { formatShare, formatUse } from './percent.ts';

describe('formatUse', () => {
  test.each([
    [0, '0 %'],
    [0.0001, '< 1 %'],
    [0.005, '1 %'],
    [0.974, '97 %'],
    [0.996, '100 %'],
    [1.6, '160 %'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('%s is %s', (use, text) => {
    expect(formatUse(use)).toBe(text);
  });
});

describe('formatShare', () => {
  test.each([
    [1, '100 %'],
    [0.25, '25 %'],
    [1 / 3, '33 %'],
    [1 / 64, '1.6 %'],
    [0.0001, '0.01 %'],
    [0.000_012_3, '0.0012 %'],
    [1e-9, '< 0.001 %'],
    [0, '0 %'],
  ])('%d of the ring is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});
