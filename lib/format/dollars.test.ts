import { expect, test } from 'vitest';
import { formatDollars } from './dollars.ts';

test.each([
  [0, '$0.00'],
  [0.0004, '< $0.01'],
  [0.0099, '< $0.01'],
  [0.01, '$0.01'],
  [10.95, '$10.95'],
  [999.994, '$999.99'],
  [1_000, '$1,000'],
  [5_500.4, '$5,500'],
])('%d is %s', (dollars, text) => {
  expect(formatDollars(dollars)).toBe(text);
});
