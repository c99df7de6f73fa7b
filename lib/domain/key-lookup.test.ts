import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX, HASH_KEY_SPACE, hashKey, hashKeyToHex } from './hash-key.ts';
import { hashRange, rangeContains, uniformRanges } from './hash-range.ts';
import { hashPartitionKey, placeOfKey, readHashKey } from './key-lookup.ts';

const anyKey = fc.bigInt({ min: 0n, max: HASH_KEY_MAX }).map(hashKey);

describe('hashPartitionKey', () => {
  it('is the MD5 of the text as UTF-8, big-endian', () => {
    // RFC 1321: MD5 ("a") = 0cc175b9c0f1b6a831c399e269772661
    expect(hashPartitionKey('a')).toEqual({
      ok: true,
      hashKey: BigInt('0x0cc175b9c0f1b6a831c399e269772661'),
    });
  });

  it('takes white space as part of the key', () => {
    expect(hashPartitionKey(' a')).not.toEqual(hashPartitionKey('a'));
  });

  it('counts characters, not bytes or halves of a surrogate pair', () => {
    expect(hashPartitionKey('𝄞'.repeat(256)).ok).toBe(true);
    expect(hashPartitionKey('𝄞'.repeat(257))).toEqual({ ok: false, problem: 'too-long' });
    expect(hashPartitionKey('')).toEqual({ ok: false, problem: 'empty' });
  });
});

describe('readHashKey', () => {
  it('reads each hash key in decimal, with 0x, and in capitals', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const found = { ok: true, hashKey: key };
        expect(readHashKey(` ${key}\n`)).toEqual(found);
        expect(readHashKey(`0x${key.toString(16)}`)).toEqual(found);
        expect(readHashKey(`0X${hashKeyToHex(key).toUpperCase()}`)).toEqual(found);
      }),
    );
  });

  it('reads an MD5 as it is printed, without 0x', () => {
    expect(readHashKey('d41d8cd98f00b204e9800998ecf8427e')).toEqual({
      ok: true,
      hashKey: BigInt('0xd41d8cd98f00b204e9800998ecf8427e'),
    });
  });

  it('takes digits alone as decimal, as Kinesis writes them', () => {
    const digits = '12345678901234567890123456789012';
    expect(readHashKey(digits)).toEqual({ ok: true, hashKey: BigInt(digits) });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['-1', 'not-a-hash-key'],
    ['tweet', 'not-a-hash-key'],
    ['abc', 'not-a-hash-key'],
    ['1.5', 'not-a-hash-key'],
    [String(HASH_KEY_SPACE), 'beyond-the-ring'],
    [`0x1${'0'.repeat(32)}`, 'beyond-the-ring'],
  ])('refuses %j: %s', (text, problem) => {
    expect(readHashKey(text)).toEqual({ ok: false, problem });
  });
});

describe('placeOfKey', () => {
  it('finds the one range that holds the key, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), anyKey, (count, key) => {
        const ranges = uniformRanges(count);
        const place = placeOfKey(ranges, key);
        expect(ranges.findIndex((range) => rangeContains(range, key))).toBe(place);
      }),
    );
  });

  it('finds nothing in a hole and among no ranges', () => {
    const holed = [hashRange(hashKey(10n), hashKey(19n)), hashRange(hashKey(30n), hashKey(39n))];
    expect([9n, 10n, 20n, 29n, 39n, 40n].map((key) => placeOfKey(holed, hashKey(key)))).toEqual([
      null,
      0,
      null,
      null,
      1,
      null,
    ]);
    expect(placeOfKey([], hashKey(1n))).toBeNull();
  });
});
