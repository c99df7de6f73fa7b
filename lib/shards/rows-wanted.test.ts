import fc from 'fast-check';
import { expect, it } from 'vitest';
import { offsetFor, ROWS_PER_ANSWER } from './rows-wanted.ts';

/** The box is at most 664 px high: 22 rows, one cut off, and some beyond either end. */
const DRAWN_MAX = 31;

it('holds all rows that are drawn, wherever the table is scrolled to', () => {
  fc.assert(
    fc.property(fc.nat(20_000), (first) => {
      const offset = offsetFor(first);
      expect(offset).toBeLessThanOrEqual(first);
      expect(first + DRAWN_MAX).toBeLessThanOrEqual(offset + ROWS_PER_ANSWER);
    }),
  );
});

it('stays for some rows of scrolling', () => {
  expect([0, 10, 29, 30].map(offsetFor)).toEqual([0, 0, 0, 20]);
});
