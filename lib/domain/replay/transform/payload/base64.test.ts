import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { decodeBase64 } from './base64.ts';

it('undoes base64, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.boolean(), (bytes, isPadded) => {
      const text = btoa(String.fromCharCode(...bytes));
      expect(decodeBase64(utf8(isPadded ? text : text.replaceAll('=', '')))).toEqual(bytes);
    }),
  );
});

it.each([
  'A',
  'A===',
  'AA=',
  'AAA==',
  'AB==',
  'AAB=',
  'A A=',
  'AAA\n',
  'AA-_',
  '====',
  '=AAA',
  'AAAÄ',
])('refuses %j, which other decoders make something of', (text) => {
  expect(decodeBase64(utf8(text))).toBeNull();
});
