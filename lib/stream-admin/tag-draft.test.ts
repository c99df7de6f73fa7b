import { expect, test } from 'vitest';
import { lineFaults, linesOf, tagsFaultOf, tagsOf, withEmptyLine } from './tag-draft.ts';

test('lines are tags and back, and empty lines count for nothing', () => {
  const tags = { team: 'orders', owner: '' };
  expect(tagsOf(withEmptyLine(linesOf(tags)))).toEqual(tags);
  expect(lineFaults(withEmptyLine(linesOf(tags))).size).toBe(0);
});

test('a double key is wrong where it stands the second time', () => {
  const lines = [...linesOf({ team: 'a' }), { id: 7, key: 'team', value: 'b' }];
  expect([...lineFaults(lines).keys()]).toEqual([7]);
});

test('a value without a key is wrong', () => {
  expect(lineFaults([{ id: 3, key: '', value: 'x' }]).get(3)).toMatch(/needs a key/);
});

test('51 are too many together', () => {
  const lines = Array.from({ length: 51 }, (_, id) => ({ id, key: `k${id}`, value: '' }));
  expect(lineFaults(lines).size).toBe(0);
  expect(tagsFaultOf(lines)).toMatch(/at most 50/);
  expect(tagsFaultOf(lines.slice(1))).toBeNull();
});

test('a new line has an id of its own, wherever others were taken out', () => {
  const lines = withEmptyLine([
    { id: 4, key: 'a', value: '' },
    { id: 2, key: 'b', value: '' },
  ]);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
});
