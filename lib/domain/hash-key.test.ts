import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HASH_KEY_MAX,
  HASH_KEY_SPACE,
  hashKey,
  hashKeyFromDigest,
  hashKeyToHex,
  parseHashKey,
  toFraction,
} from './hash-key.ts';

const anyKey = fc.bigInt({ min: 0n, max: HASH_KEY_MAX }).map(hashKey);

describe('hashKey', () => {
  it('refuses what lies outside the space', () => {
    expect(() => hashKey(-1n)).toThrow(RangeError);
    expect(() => hashKey(HASH_KEY_SPACE)).toThrow(RangeError);
    expect(hashKey(HASH_KEY_SPACE - 1n)).toBe(HASH_KEY_MAX);
  });
});

describe('parseHashKey', () => {
  it('reads back every key that was written', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(parseHashKey(String(key))).toBe(key);
      }),
    );
  });

  it.each(['', '01', '-1', '1.0', '0x10', ' 1', '9'.repeat(40), String(HASH_KEY_SPACE)])(
    'refuses %j',
    (text) => expect(parseHashKey(text)).toBeNull(),
  );
});

describe('hashKeyToHex', () => {
  it('sorts as text as the keys sort as numbers', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        expect(hashKeyToHex(a) < hashKeyToHex(b)).toBe(a < b);
        expect(hashKeyToHex(a)).toHaveLength(32);
      }),
    );
  });
});

describe('hashKeyFromDigest', () => {
  it('reads 16 bytes, the most significant first, from any place in a buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const placed = new Uint8Array([7, 7, 7, ...bytes]).subarray(3);
        expect(hashKeyFromDigest(placed)).toBe(BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
      }),
    );
  });
});

describe('toFraction', () => {
  it('goes from 0 to 1 and never falls', () => {
    expect(toFraction(0n)).toBe(0);
    expect(toFraction(HASH_KEY_SPACE)).toBe(1);
    expect(toFraction(HASH_KEY_SPACE / 2n)).toBe(0.5);
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        expect(toFraction(a < b ? a : b)).toBeLessThanOrEqual(toFraction(a < b ? b : a));
      }),
    );
  });
});
