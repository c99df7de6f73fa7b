import { expect, test } from 'vitest';
import { formatValue } from './format-value.ts';

test.each([
  ['bytesPerSecond', 1_048_576, '1.00 MiB/s'],
  ['records', 812, '812'],
  ['calls', 1, '1 call'],
  ['calls', 20, '20 calls'],
  ['milliseconds', 0, '0 ms'],
  ['milliseconds', 12.34, '12.3 ms'],
  ['milliseconds', 2_500, '2.50 s'],
  ['milliseconds', 3_600_000, '1 h'],
  ['shards', 3, '3 shards'],
  ['shards', 2.46, '2.5 shards'],
  ['share', 1, '100 %'],
  ['share', 0.999999, '> 99.99 %'],
  ['share', 0.975, '97.5 %'],
  ['share', 0, '0 %'],
  ['share', 0.00001, '< 0.01 %'],
] as const)('%s of %s is %s', (unit, value, text) => {
  expect(formatValue(unit, value)).toBe(text);
});

test('a gap is a dash, never 0', () => {
  expect(formatValue('milliseconds', null)).toBe('–');
  expect(formatValue('share', Number.NaN)).toBe('–');
});
