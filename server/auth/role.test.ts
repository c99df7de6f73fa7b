import { expect, test } from 'vitest';
import { mayActAs, ROLES } from './role.ts';

test('each role may do what those before it may, and no more', () => {
  const allowed = ROLES.map((held) => ROLES.filter((needed) => mayActAs(held, needed)));
  expect(allowed).toEqual([['viewer'], ['viewer', 'operator'], ['viewer', 'operator', 'admin']]);
});
