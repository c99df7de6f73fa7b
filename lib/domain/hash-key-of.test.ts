import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashKeyFromDigest } from './hash-key.ts';
import { hashKeyOf } from './hash-key-of.ts';
import { md5 } from './md5.ts';

const byDigest = (key: string) => hashKeyFromDigest(md5(new TextEncoder().encode(key)));

it('is what Kinesis gives: MD5, big-endian', () => {
  expect(hashKeyOf('')).toBe(0xd41d8cd98f00b204e9800998ecf8427en);
  expect(hashKeyOf('abc')).toBe(0x900150983cd24fb0d6963f7d28e17f72n);
  expect(hashKeyOf('1234567890'.repeat(8))).toBe(0x57edf4a22be3c955ac49da2e2107b67an);
});

it('is the same of any text, short or long, after any other', () => {
  for (let length = 0; length <= 130; length += 1) {
    const key = 'k'.repeat(length);
    expect(hashKeyOf(key)).toBe(byDigest(key));
  }
  const anyKey = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary-ascii', maxLength: 70 }),
  );
  fc.assert(
    fc.property(anyKey, (key) => {
      expect(hashKeyOf(key)).toBe(byDigest(key));
    }),
    { numRuns: 500 },
  );
});
