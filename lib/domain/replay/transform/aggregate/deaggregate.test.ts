import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HASH_KEY_SPACE, hashKey } from '#lib/domain/hash-key.ts';
import { md5 } from '#lib/domain/md5.ts';
import {
  aggregateOf,
  lengthDelimited,
  sealed,
  varintField,
} from '#lib/domain/replay/testing/aggregate.ts';
import { arbitraryDamage, joined, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { deaggregate, isAggregate, type SubRecord } from './deaggregate.ts';

const subRecord: fc.Arbitrary<SubRecord> = fc.record({
  data: fc.uint8Array({ maxLength: 300 }),
  partitionKey: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  explicitHashKey: fc.option(fc.bigInt({ min: 0n, max: HASH_KEY_SPACE - 1n }).map(hashKey)),
});

it('takes an aggregate apart into what it was made of', () => {
  fc.assert(
    fc.property(fc.array(subRecord, { minLength: 1, maxLength: 20 }), (records) => {
      const aggregate = aggregateOf(records);
      expect(isAggregate(aggregate)).toBe(true);
      const taken = deaggregate(aggregate, md5);
      expect(taken).toEqual(records);
    }),
  );
});

it('reads an aggregate that the format document describes, and passes over tags', () => {
  const tag = lengthDelimited(4, lengthDelimited(1, utf8('tag')));
  const record = joined([varintField(1, 1), tag, lengthDelimited(3, utf8('data'))]);
  const message = joined([
    lengthDelimited(1, utf8('a')),
    lengthDelimited(1, utf8('b')),
    lengthDelimited(3, record),
  ]);
  expect(deaggregate(sealed(message), md5)).toEqual([
    { data: utf8('data'), partitionKey: 'b', explicitHashKey: null },
  ]);
});

it.each([
  ['a key that the table has not', [varintField(1, 1), lengthDelimited(3, utf8('x'))]],
  ['no key', [lengthDelimited(3, utf8('x'))]],
  ['no data', [varintField(1, 0)]],
  [
    'a hash key that the table has not',
    [varintField(1, 0), varintField(2, 5), lengthDelimited(3, utf8('x'))],
  ],
  [
    'a hash key that is none',
    [varintField(1, 0), varintField(2, 0), lengthDelimited(3, utf8('x'))],
  ],
])('calls an aggregate malformed in which a record has %s', (_, record) => {
  const message = joined([
    lengthDelimited(1, utf8('key')),
    lengthDelimited(2, utf8('not a hash key')),
    lengthDelimited(3, joined(record)),
  ]);
  expect(deaggregate(sealed(message), md5)).toBe('kpl-malformed');
});

it('tells what is wrong with one', () => {
  const aggregate = aggregateOf([{ data: utf8('x'), partitionKey: 'k', explicitHashKey: null }]);
  aggregate[6] = (aggregate[6] ?? 0) ^ 1;
  expect(deaggregate(aggregate, md5)).toBe('kpl-checksum');
  expect(deaggregate(sealed(Uint8Array.of(0xff)), md5)).toBe('kpl-malformed');
  expect(deaggregate(sealed(lengthDelimited(1, utf8('key'))), md5)).toBe('kpl-empty');
  expect(isAggregate(utf8('{"a":1}'.repeat(9)))).toBe(false);
  expect(isAggregate(aggregate.subarray(0, 12))).toBe(false);
});

it('throws nothing, whatever lies between a magic number and a right checksum', () => {
  const message = fc
    .array(subRecord, { maxLength: 4 })
    .map((records) => aggregateOf(records).slice(4, -16));
  fc.assert(
    fc.property(message, arbitraryDamage(), (bytes, damage) => {
      const taken = deaggregate(sealed(damage(bytes)), md5);
      if (typeof taken !== 'string') expect(taken.length).toBeGreaterThan(0);
      else expect(taken).not.toBe('kpl-checksum');
    }),
    { numRuns: 250 },
  );
});
