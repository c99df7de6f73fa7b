import { expect, test } from 'vitest';
import { moveCell } from './move-cell.ts';

test('walks from cell to cell, and not beyond the sides', () => {
  expect(moveCell({ band: 1, column: 4 }, 'ArrowLeft', 3, 6)).toEqual({ band: 1, column: 3 });
  expect(moveCell({ band: 0, column: 4 }, 'ArrowUp', 3, 6)).toEqual({ band: 0, column: 4 });
  expect(moveCell({ band: 2, column: 4 }, 'ArrowDown', 3, 6)).toEqual({ band: 2, column: 4 });
  expect(moveCell({ band: 1, column: 4 }, 'PageDown', 3, 6)).toEqual({ band: 1, column: 5 });
  expect(moveCell({ band: 1, column: 4 }, 'Home', 3, 6)).toEqual({ band: 1, column: 0 });
});

test('begins at the newest period, and knows no other key', () => {
  expect(moveCell(null, 'ArrowLeft', 3, 6)).toEqual({ band: 0, column: 4 });
  expect(moveCell(null, 'a', 3, 6)).toBeNull();
  expect(moveCell(null, 'ArrowLeft', 3, 0)).toBeNull();
});
