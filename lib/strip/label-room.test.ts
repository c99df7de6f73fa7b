import { expect, it } from 'vitest';
import { hasCaption, labelRoom } from './label-room.ts';

it.each([
  [10, 'none'],
  [30, 'number'],
  [50, 'short'],
  [70, 'full'],
  [100, 'wide'],
] as const)('leaves a frame of %d px room for: %s', (width, room) => {
  expect(labelRoom(width)).toBe(room);
});

it('writes under a frame only where an id fits', () => {
  expect(hasCaption(labelRoom(30))).toBe(false);
  expect(hasCaption(labelRoom(50))).toBe(true);
});
