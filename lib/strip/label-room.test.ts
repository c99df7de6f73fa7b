import { expect, it } from 'vitest';
import { fitsNote, hasCaption, labelRoom } from './label-room.ts';

it.each([
  [10, 'none'],
  [30, 'number'],
  [50, 'short'],
  [70, 'full'],
  [100, 'wide'],
] as const)('leaves a frame of %d px room for: %s', (width, room) => {
  expect(labelRoom(width)).toBe(room);
});

it('writes that metrics are off only into a frame as wide as the note', () => {
  expect(fitsNote(200)).toBe(false);
  expect(fitsNote(300)).toBe(true);
});

it('writes under a frame only where an id fits', () => {
  expect(hasCaption(labelRoom(30))).toBe(false);
  expect(hasCaption(labelRoom(50))).toBe(true);
});
