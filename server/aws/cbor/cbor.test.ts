import { cbor, tag } from '@smithy/core/cbor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CborFault, readCbor } from './read-cbor.ts';
import { writeCbor } from './write-cbor.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 300 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.array(tie('tree'), { maxLength: 30 }),
    fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      tie('tree'),
      { maxKeys: 30, noNullPrototype: true },
    ),
  ),
}));

const bytes = (...hex: readonly string[]) => Buffer.from(hex.join(''), 'hex');

describe('CBOR', () => {
  it('is written so that others read it, and read as it was written', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const written = writeCbor(value);
        expect(readCbor(written)).toEqual(value);
        expect(cbor.deserialize(written)).toEqual(value);
        expect(readCbor(Buffer.from(cbor.serialize(value)))).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('is written as the Java SDK does: lists and structures of indefinite length, bytes as they are', () => {
    const input = { S: 'é', R: [{ D: Buffer.from([0, 255]), K: undefined }] };
    expect(writeCbor(input)).toEqual(
      bytes('bf', '6153', '62c3a9', '6152', '9f', 'bf', '6144', '4200ff', 'ff', 'ff', 'ff'),
    );
  });

  it.each([23, 24, 255, 256, 65_535, 65_536])('holds %d bytes or characters', (length) => {
    const value = { Data: Buffer.alloc(length, 7), Key: 'k'.repeat(length) };
    expect(readCbor(writeCbor(value))).toEqual(value);
  });

  it.each([1, null, true, undefined, [3n], { Size: 7 }])('is not written of %o', (value) => {
    expect(() => writeCbor(value)).toThrow(TypeError);
  });

  it('is read with numbers, tags and texts in chunks, and without members that are null', () => {
    const value = { Failed: 500, Late: -1, Big: 2 ** 40, Half: 0.5, Ok: true, No: null };
    expect(
      readCbor(Buffer.from(cbor.serialize({ ...value, At: tag({ tag: 1, value: 9 }) }))),
    ).toEqual({
      Failed: 500,
      Late: -1,
      Big: 2 ** 40,
      Half: 0.5,
      Ok: true,
      At: 9,
    });
    expect(readCbor(bytes('7f', '6161', '6162', 'ff'))).toBe('ab');
    expect(readCbor(bytes('fa3f000000'))).toBe(0.5);
  });

  it.each([
    '',
    'a1',
    '6261',
    'bf6161',
    '9f01',
    'a10102',
    '7f4161ff',
    '1c',
    'f8',
    '0101',
    '5a7fffffff00',
  ])('that is broken (%s) is told as such', (hex) => {
    expect(() => readCbor(bytes(hex))).toThrow(CborFault);
  });
});
