import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  textOf,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { valueAt } from '#lib/domain/replay/transform/payload/json-path.ts';
import { JsonText } from '#lib/domain/replay/transform/payload/json-text.ts';
import type { Piece } from './piece.ts';
import { JsonSplitter } from './split-json.ts';

const NAME = 'key';

/** Names that are the one, begin like it, or come to it by escapes; the same one twice is nothing special. */
const name = fc.constantFrom('"key"', '"ke"', '"keys"', '"k\\u0065y"', '"\\"key"', '"ä"', '""');
const space = fc.constantFrom('', ' ', '\n', '\r\n\t');
const { value } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('1', '-1.50e3', 'true', 'null', '"a"', '"key"', '"}{ \\" \\\\"', '"ä🎞"'),
    tie('object'),
    tie('array'),
  ),
  object: fc.array(fc.tuple(name, tie('value'), space), { maxLength: 4 }).map((members) => {
    const written = members.map(([key, of, gap]) => `${gap}${key}${gap}:${gap}${of}${gap}`);
    return `{${written.join(',')}}`;
  }),
  array: fc.array(tie('value'), { maxLength: 3 }).map((elements) => `[${elements.join(',')}]`),
}));
const records = fc
  .array(fc.tuple(value, space), { minLength: 1, maxLength: 6 })
  .map((all) => utf8(all.flat().join('')));

function recordsIn(chunks: readonly Uint8Array[]): (Piece & { kind: 'record' })[] {
  const splitter = new JsonSplitter({ recordBytesMax: 10_000, memberName: NAME });
  const pieces = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end(true)];
  return pieces.filter((piece) => piece.kind === 'record');
}

function memberOf(text: string) {
  const [only] = recordsIn([utf8(text)]);
  const { member, bytes } = only ?? {};
  return member && bytes ? textOf(bytes.subarray(member.start, member.end)) : member;
}

it('finds the member that is found by looking it up, in whatever chunks and however damaged', () => {
  fc.assert(
    fc.property(records, arbitraryDamage(), arbitraryCuts, (whole, damage, cuts) => {
      for (const bytes of [whole, damage(whole)]) {
        for (const piece of [...recordsIn([bytes]), ...recordsIn(chunksOf(bytes, cuts))]) {
          if (piece.member === undefined) continue;
          expect(piece.member).toEqual(valueAt(new JsonText(piece.bytes), [NAME]));
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('finds the member that a parser finds, if names are written without escapes', () => {
  const object = fc.dictionary(
    fc.constantFrom('key', 'ke', 'a', ''),
    fc.jsonValue({ maxDepth: 3 }),
  );
  fc.assert(
    fc.property(object, fc.nat(2), (made, indent) => {
      const parsed: Record<string, unknown> = JSON.parse(JSON.stringify(made));
      const found = memberOf(JSON.stringify(made, null, indent));
      const value: unknown = typeof found === 'string' ? JSON.parse(found) : found;
      expect(value).toEqual(NAME in parsed ? parsed[NAME] : null);
    }),
  );
});

it.each([
  ['{"id":1,"key":"a","text":"}{ \\" key"}', '"a"'],
  ['{ "key" : 12.50 , "text" : { "key" : 1 } }', '12.50'],
  ['{"key":[1,{"key":2}]}', '[1,{"key":2}]'],
  ['{"key":1,"key":2}', '2'],
  ['{"text":{"key":1}}', null],
  ['{}', null],
])('knows of what producers write where its member is: %s', (text, member) => {
  expect(memberOf(text)).toBe(member);
});

it.each([
  ['a name with escapes', '{"k\\u0065y":1}'],
  ['a comma too many', '{"key":1,}'],
  ['two values', '{"key":1 2}'],
  ['a name without a value', '{"key":}'],
  ['an array', '["key",1]'],
])('says nothing of %s', (_, text) => {
  expect(memberOf(text)).toBe(undefined);
});

it('says nothing of what lies in two chunks', () => {
  const bytes = utf8('{"key":1}{"key":2}');
  const members = recordsIn([bytes.subarray(0, 4), bytes.subarray(4)]).map(({ member }) => member);
  expect(members).toEqual([undefined, { start: 7, end: 8 }]);
});
