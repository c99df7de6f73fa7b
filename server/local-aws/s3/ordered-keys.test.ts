import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareKeys, OrderedObjects } from './ordered-keys.ts';

const key = fc
  .array(fc.constantFrom('a', 'B', '_', '-', '/', '/', 'é', '\u{1F39E}', '\uFFFD'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

it('sorts keys as their UTF-8 sorts', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      const bytes = Buffer.compare(Buffer.from(one), Buffer.from(other));
      expect(Math.sign(compareKeys(one, other))).toBe(bytes);
    }),
  );
});

it('lists by pages what a listing of all would have, after any puts and deletions', () => {
  const change = fc.record({ key, isDeleted: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 40 }),
      fc.constantFrom('', 'a', 'a/', '/'),
      fc.constantFrom('/', undefined),
      fc.integer({ min: 1, max: 5 }),
      (changes, prefix, delimiter, maxKeys) => {
        const objects = new OrderedObjects<number>();
        const known = new Set<string>();
        for (const { key: name, isDeleted } of changes) {
          if (isDeleted) {
            objects.delete(name);
            known.delete(name);
          } else {
            objects.set(name, 1);
            known.add(name);
          }
        }
        const sorted = [...known].sort(compareKeys).filter((name) => name.startsWith(prefix));
        const rolled = sorted.map((name) => {
          const end = delimiter === undefined ? -1 : name.indexOf('/', prefix.length);
          return end < 0 ? name : name.slice(0, end + 1);
        });
        const listed: string[] = [];
        let startAfter = '';
        for (;;) {
          const page = objects.list({ prefix, delimiter, maxKeys, startAfter });
          const both = [...page.keys, ...page.commonPrefixes].sort(compareKeys);
          listed.push(...both);
          if (!page.isTruncated) break;
          startAfter = both.at(-1) ?? '';
        }
        // A folder may bear the name of an object that ends in a slash: it is listed once.
        expect(listed).toEqual([...new Set(rolled)]);
      },
    ),
    { numRuns: 500 },
  );
});

it('pages through many keys without sorting them each time', () => {
  const objects = new OrderedObjects<null>();
  const count = 200_000;
  for (let n = 0; n < count; n += 1) objects.set(`k/${String(n).padStart(7, '0')}`, null);
  let startAfter = '';
  let found = 0;
  for (;;) {
    const page = objects.list({ prefix: 'k/', delimiter: undefined, maxKeys: 1_000, startAfter });
    found += page.keys.length;
    startAfter = page.keys.at(-1) ?? '';
    if (!page.isTruncated) break;
  }
  expect(found).toBe(count);
});
