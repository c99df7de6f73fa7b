import { expect, it } from 'vitest';
import { quarantineWords } from './quarantine-words.ts';

it('says what was found, and what to do', () => {
  const { title, what, todo } = quarantineWords('kpl-checksum');
  expect(title).toBe('Aggregate is damaged');
  expect(what).toMatch(/not sent as it is/);
  expect(todo).toMatch(/^Compare the object/);
});
