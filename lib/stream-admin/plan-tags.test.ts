import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planTags, sameTags } from './plan-tags.ts';

const tags = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', '1', '2'));

test('what is planned makes the one the other, and does nothing twice', () => {
  fc.assert(
    fc.property(tags, tags, (now, wanted) => {
      const { remove, add } = planTags(now, wanted);
      const kept = Object.entries(now).filter(([key]) => !remove.includes(key));
      expect({ ...Object.fromEntries(kept), ...add }).toEqual(wanted);
      expect(remove.filter((key) => key in add)).toEqual([]);
    }),
  );
});

test('tags are the same in whatever order, and differ by a value', () => {
  expect(sameTags({ a: '1', b: '' }, { b: '', a: '1' })).toBe(true);
  expect(sameTags({ a: '1' }, { a: '2' })).toBe(false);
  expect(sameTags({ a: '1' }, {})).toBe(false);
  expect(sameTags({}, { a: '' })).toBe(false);
});
