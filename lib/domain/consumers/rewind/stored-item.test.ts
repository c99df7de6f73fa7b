import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameItem, loadItem, storeItem } from './stored-item.ts';

const anyValue = fc.oneof(
  fc.record({ S: fc.string() }),
  fc.record({ N: fc.integer().map(String) }),
  fc.record({ BOOL: fc.boolean() }),
  fc.record({ SS: fc.array(fc.string()) }),
  fc.record({ B: fc.uint8Array() }),
);

test('an item comes back as it was, bytes too', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]+$/), anyValue), (item) => {
      const stored = storeItem(item);
      expect(JSON.parse(JSON.stringify(stored))).toEqual(stored);
      expect(loadItem(stored)).toEqual(item);
      expect(isSameItem(stored, storeItem(loadItem(stored)))).toBe(true);
    }),
  );
});

test('sets have no order, and all else counts', () => {
  const [a, b] = [{ SS: ['x', 'y'] }, { SS: ['y', 'x'] }];
  expect(isSameItem({ parents: a }, { parents: b })).toBe(true);
  expect(isSameItem({ parents: a }, { parents: { SS: ['x'] } })).toBe(false);
  expect(isSameItem({ counter: { N: '1' } }, { counter: { S: '1' } })).toBe(false);
  expect(isSameItem(null, {})).toBe(false);
});
