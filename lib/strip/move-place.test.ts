import { expect, it } from 'vitest';
import { movePlace } from './move-place.ts';

// From the worst to the least: 3, 1, 0, 2.
const byUse = [3, 1, 0, 2];

it.each([
  ['ArrowLeft', 1, 0],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 1, 2],
  ['ArrowRight', 3, 3],
  ['ArrowUp', 0, 1],
  ['ArrowUp', 3, 3],
  ['ArrowDown', 3, 1],
  ['ArrowDown', 2, 2],
  ['Home', 2, 0],
  ['End', 1, 3],
  ['PageDown', 1, 2],
])('%s leads from %d to %d', (key, from, to) => {
  expect(movePlace(from, key, byUse)).toBe(to);
});

it('leaves other keys to the page', () => {
  expect(movePlace(1, 'Tab', byUse)).toBeNull();
});
