import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

const anything = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('byte' as const), value: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ kind: fc.constant('count' as const), value: fc.maxSafeNat() }),
    fc.record({ kind: fc.constant('integer' as const), value: fc.bigInt() }),
    fc.record({ kind: fc.constant('float32' as const), value: fc.float() }),
    fc.record({ kind: fc.constant('text' as const), value: fc.string({ unit: 'grapheme' }) }),
  ),
  { maxLength: 400 },
);

test('what is written is read', () => {
  fc.assert(
    fc.property(anything, (values) => {
      const writer = new ByteWriter();
      for (const one of values) {
        if (one.kind === 'integer') writer.integer(one.value);
        else if (one.kind === 'text') writer.text(one.value);
        else writer[one.kind](one.value);
      }
      const reader = new ByteReader(writer.bytes());
      for (const { kind, value } of values) expect(reader[kind]()).toEqual(value);
      expect(reader.isAtEnd).toBe(true);
    }),
  );
});

test('small numbers of either sign take one byte', () => {
  const writer = new ByteWriter();
  writer.count(127);
  writer.integer(63n);
  writer.integer(-64n);
  expect(writer.bytes()).toHaveLength(3);
});

test('bytes that end too soon are refused', () => {
  const writer = new ByteWriter();
  writer.text('shardId-000000000000');
  const cut = writer.bytes().slice(0, -1);
  expect(() => new ByteReader(cut).text()).toThrow(RangeError);
  expect(() => new ByteReader(Uint8Array.of(0x80)).count()).toThrow(RangeError);
  expect(() => new ByteReader(Uint8Array.of(1, 2)).float32()).toThrow(RangeError);
});
