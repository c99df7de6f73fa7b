import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonCodec } from './json-codec.ts';
import { parseLiftingData } from './lift-data.ts';
import { WireTime } from './wire-value.ts';

const anyRecord = fc.record(
  {
    PartitionKey: fc.string({ unit: 'grapheme', maxLength: 12 }),
    Data: fc.uint8Array({ maxLength: 400 }),
    ExplicitHashKey: fc.string({ maxLength: 4 }),
  },
  { requiredKeys: ['PartitionKey', 'Data'] },
);

type Entry = { readonly Data: Uint8Array };

const base64 = ({ Data, ...rest }: Entry) => ({
  ...rest,
  Data: Buffer.from(Data).toString('base64'),
});

describe('decoding', () => {
  it('reads large and small bodies alike, whatever is in them', () => {
    const records = fc.array(anyRecord, { maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(records, fc.string({ unit: 'grapheme' }), (entries, StreamName) => {
        const text = JSON.stringify({ StreamName, Records: entries.map(base64) });
        const decoded = jsonCodec.decode(Buffer.from(text)) as { Records: { Data: unknown }[] };
        const asBytes = decoded.Records.map((record) => ({
          ...record,
          // Lifted data is bytes already; else it is still text.
          Data: new Uint8Array(
            typeof record.Data === 'string'
              ? Buffer.from(record.Data, 'base64')
              : (record.Data as Buffer),
          ),
        }));
        expect({ ...decoded, Records: asBytes }).toEqual(
          JSON.parse(JSON.stringify({ StreamName, Records: entries }), (key, value) =>
            key === 'Data' ? Uint8Array.from(Object.values(value as object)) : value,
          ),
        );
      }),
    );
  });

  const large = 'A'.repeat(20_000);
  const lift = (text: string) => parseLiftingData(Buffer.from(text));

  it('lifts data out of plain bodies', () => {
    const body = `{"Records":[{"Data":"${large}","PartitionKey":"a"},{"PartitionKey":"b","Data":""}]}`;
    expect(lift(body)).toEqual({
      Records: [
        { Data: Buffer.alloc(15_000), PartitionKey: 'a' },
        { Data: Buffer.alloc(0), PartitionKey: 'b' },
      ],
    });
  });

  it.each([
    ['is short', '{"Records":[{"Data":"AAAA"}]}'],
    ['has an escape', `{"Records":[{"Data":"${large}","PartitionKey":"a\\"b"}]}`],
    ['is not ASCII', `{"Records":[{"Data":"${large}","PartitionKey":"ä"}]}`],
    ['has Data elsewhere', `{"Data":"${large}","Records":[{}]}`],
    ['has Data twice', `{"Records":[{"Data":"${large}","Data":"AAAA"}]}`],
    ['has Data that is no base64', `{"Records":[{"Data":"${large}*"}]}`],
    ['ends within Data', `{"Records":[{"Data":"${large}`],
    ['has no Records', `{"Nothing":"${large}"}`],
    ['has odd Records', `{"Records":["${large}"]}`],
  ])('leaves a body alone that %s', (_, body) => {
    expect(lift(body)).toBeNull();
  });

  it('takes an empty body for no members, and refuses what is not JSON', () => {
    expect(jsonCodec.decode(Buffer.alloc(0))).toEqual({});
    expect(() => jsonCodec.decode(Buffer.from('{"a":'))).toThrow('Could not parse');
    const broken = Buffer.from(`{"Records":[{"Data":"${large}"}`);
    expect(() => jsonCodec.decode(broken)).toThrow('Could not parse');
  });
});

describe('encoding', () => {
  const encode = (value: Parameters<typeof jsonCodec.encode>[0]) =>
    jsonCodec.encode(value).toString();

  it('writes what JSON writes', () => {
    const value = fc.dictionary(
      fc.stringMatching(/^[A-Za-z]+$/).filter((name) => name !== '__proto__'),
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(value, (members) => {
        expect(JSON.parse(encode(members))).toEqual(JSON.parse(JSON.stringify(members)));
      }),
    );
  });

  it('writes bytes as base64, instants as seconds, and leaves out what is undefined', () => {
    const data = Buffer.from('some bytes').subarray(5);
    expect(encode({ Data: data, At: new WireTime(1_500), Gone: undefined, Empty: [] })).toBe(
      '{"Data":"Ynl0ZXM=","At":1.5,"Empty":[]}',
    );
  });
});
