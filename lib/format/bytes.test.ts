import { expect, test } from 'vitest';
import { formatBytes } from './bytes.ts';

test.each([
  [null, '–'],
  [0, '0 B'],
  [12, '12 B'],
  [1_023, '1.00 KiB'],
  [1_572_864, '1.50 MiB'],
  [50 * 1_024 ** 3, '50.0 GiB'],
  [3 * 1_024 ** 4, '3.00 TiB'],
])('%s bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
