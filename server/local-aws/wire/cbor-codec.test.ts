import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cborCodec } from './cbor-codec.ts';
import { WireTime, type WireValue } from './wire-value.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('AWS CBOR', () => {
  it('reads what a Java client writes: maps without a length, tagged milliseconds, byte strings', () => {
    const body = bytes(
      // {_ "Timestamp": 1(1787036486712), "Data": h'0001ff', "Names": [_ "a"] }
      'bf 69 54696d657374616d70 c1 1b 000001a013accc38 64 44617461 43 0001ff 65 4e616d6573 9f 61 61 ff ff',
    );
    expect(cborCodec.decode(body)).toEqual({
      Timestamp: new WireTime(1_787_036_486_712),
      Data: Buffer.from([0, 1, 255]),
      Names: ['a'],
    });
  });

  it('writes instants as tagged milliseconds, and leaves out what is undefined', () => {
    const value = { At: new WireTime(1_787_036_486_712), Gone: undefined, Data: bytes('0001ff') };
    expect(cborCodec.encode(value)).toEqual(
      bytes('a2 62 4174 c1 1b 000001a013accc38 64 44617461 43 0001ff'),
    );
  });

  it('reads what it writes', () => {
    const { value } = fc.letrec<{ value: WireValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.boolean(),
        fc.nat(2 ** 48).map((epochMs) => new WireTime(epochMs)),
        fc.uint8Array().map((data) => Buffer.from(data)),
        fc.array(tie('value')),
        fc.dictionary(fc.stringMatching(/^[A-Z][a-z]*$/), tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        expect(cborCodec.decode(cborCodec.encode(written))).toEqual(written);
      }),
    );
  });

  it('takes an empty body for no members, and refuses what is not CBOR', () => {
    expect(cborCodec.decode(Buffer.alloc(0))).toEqual({});
    for (const broken of ['a1', 'bf 61 61', '5a ffffffff 00', 'ff']) {
      expect(() => cborCodec.decode(bytes(broken))).toThrow('Could not parse');
    }
  });
});
