import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryDamage, textOf, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { parseJsonPath, valueAt } from './json-path.ts';
import { JsonText } from './json-text.ts';

function written(json: string, path: string): string | null {
  const text = new JsonText(utf8(json));
  const value = valueAt(text, parseJsonPath(path) ?? []);
  return value === null ? null : textOf(text.written(value));
}

it.each([
  ['id', ['id']],
  ['user.tags[0]."odd \\"name\\""', ['user', 'tags', 0, 'odd "name"']],
  ['[2].a', [2, 'a']],
  ['', null],
  ['a..b', null],
  ['.a.b[x]', null],
  ['a[*]', null],
  ['a b', null],
])('reads the path %j', (text, path) => {
  expect(parseJsonPath(text)).toEqual(path);
});

it.each([
  ['{"id": 12345678901234567890 }', 'id', '12345678901234567890'],
  ['{"a":{"id":1},"b":{"id":2}}', 'b.id', '2'],
  ['{"a":[{"x":1},{"x":"y"}]}', 'a[1].x', '"y"'],
  ['{"\\u0061":1}', 'a', '1'],
  ['{"b\\u0061":1,"b\\u0062":2,"bax":3}', 'ba', '1'],
  ['{"a":1,"a":2}', 'a', '2'],
  ['{"a":"}{,\\"id\\":7"}', 'id', null],
  ['{"a":1}', 'a.b', null],
  ['[1,2]', '[2]', null],
  ['{"a":1', 'b', null],
])('in %s finds at %s %s', (json, path, value) => {
  expect(written(json, path)).toBe(value);
});

it('finds what a parser finds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
      fc.nat(),
      (object, pick) => {
        const names = Object.keys(object);
        fc.pre(names.length > 0);
        const name = names[pick % names.length] ?? '';
        const found = written(JSON.stringify(object, null, pick % 3), JSON.stringify(name));
        expect(JSON.parse(found ?? '')).toEqual(JSON.parse(JSON.stringify(object[name])));
      },
    ),
  );
});

it('reads a string as a parser does, short or long, and none that is not UTF-8', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ maxLength: 40 }),
  );
  fc.assert(
    fc.property(anyText, (string) => {
      const text = new JsonText(utf8(JSON.stringify(string)));
      expect(text.string(text.root)).toBe(string);
    }),
  );
  const broken = new JsonText(Uint8Array.of(0x22, 0x61, 0xe4, 0x22));
  expect(broken.string(broken.root)).toBe(null);
});

it('throws nothing, whatever the text is', () => {
  fc.assert(
    fc.property(fc.json(), arbitraryDamage(), (json, damage) => {
      const text = new JsonText(damage(utf8(json)));
      const value = valueAt(text, ['a', 0]);
      if (value !== null) expect(value.end).toBeGreaterThan(value.start);
      expect(text.string(text.root) === null || text.number(text.root) === null).toBe(true);
    }),
    { numRuns: 250 },
  );
});
