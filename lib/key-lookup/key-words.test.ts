import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { hiddenWords } from './key-words.ts';
import { rememberKey, typedKeyOf } from './typed-keys.ts';

describe('hiddenWords', () => {
  it('tells of white space at the ends, which is part of a partition key', () => {
    expect(hiddenWords(' tweets\t', 'partition-key')).toMatch(
      /begins with white space and ends with white space/,
    );
    expect(hiddenWords('tweets\u200b', 'partition-key')).toMatch(/not seen/);
    expect(hiddenWords('two words', 'partition-key')).toBeNull();
  });

  it('says nothing of hash keys, of which white space is no part', () => {
    expect(hiddenWords(' 12 ', 'hash-key')).toBeNull();
  });
});

describe('typed keys', () => {
  it('are known by their hash, the newest of many', () => {
    for (let i = 0; i < 1_002; i += 1) rememberKey(hashKey(BigInt(i)), `key ${i}`);
    expect(typedKeyOf(hashKey(1n))).toBeNull();
    expect(typedKeyOf(hashKey(2n))).toBe('key 2');
    expect(typedKeyOf(hashKey(1_001n))).toBe('key 1001');
  });
});
