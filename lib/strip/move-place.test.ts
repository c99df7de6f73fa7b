import { expect, it } from 'vitest';
import { movePlace } from './move-place.ts';

it.each([
  ['ArrowLeft', 1, 0],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 1, 2],
  ['ArrowRight', 3, 3],
  ['Home', 2, 0],
  ['End', 1, 3],
  ['PageDown', 1, 2],
  ['PageUp', 2, 1],
])('%s leads from %d to %d of four', (key, from, to) => {
  expect(movePlace(from, key, 4)).toEqual({ along: 'ring', place: to });
});

it('passes a tenth of all with a page', () => {
  expect(movePlace(0, 'PageDown', 10_000)).toEqual({ along: 'ring', place: 1_000 });
});

it('leads up to the hotter and down to the cooler', () => {
  expect(movePlace(2, 'ArrowUp', 4)).toEqual({ along: 'use', steps: -1 });
  expect(movePlace(2, 'ArrowDown', 4)).toEqual({ along: 'use', steps: 1 });
});

it('leaves other keys to the page', () => {
  expect(movePlace(1, 'Tab', 4)).toBeNull();
});
