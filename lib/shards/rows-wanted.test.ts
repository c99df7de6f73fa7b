import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerOffset, offsetFor, ROWS_PER_ANSWER } from './rows-wanted.ts';

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

it('goes to the row that is asked for only where it would be missing, with what a table shows on either side', () => {
  expect(answerOffset(40, 60, null)).toBe(40);
  expect(answerOffset(40, 60, 99)).toBe(40);
  fc.assert(
    fc.property(
      fc.nat(500).map((n) => n * 20),
      fc.nat(10_000),
      (offset, at) => {
        const begins = answerOffset(offset, ROWS_PER_ANSWER, at);
        expect(begins).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(begins + ROWS_PER_ANSWER);
        if (begins !== offset) {
          expect(begins).toBeLessThanOrEqual(Math.max(0, at - DRAWN_MAX + 1));
          expect(at + DRAWN_MAX - 1).toBeLessThanOrEqual(begins + ROWS_PER_ANSWER);
        }
      },
    ),
  );
});
