import { describe, expect, it } from 'vitest';
import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { countByShard, KEYS_MAX, readKeyBatch } from './key-batch.ts';

const hexOf = (text: string, kind: 'partition-key' | 'hash-key') =>
  readKeyBatch(text, kind).keys.map(({ hashKey }) =>
    hashKey === null ? null : hashKeyToHex(hashKey),
  );

describe('readKeyBatch', () => {
  it('takes a key from each line, with the white space that belongs to it', () => {
    // md5 of "abc" is in RFC 1321; that of " abc" was made with md5sum.
    expect(hexOf('abc\r\n\n abc\n', 'partition-key')).toEqual([
      '900150983cd24fb0d6963f7d28e17f72',
      '12cfaf7fd98f33be8038b3d56c18f061',
    ]);
  });

  it('says of each line why it is no key', () => {
    const { keys } = readKeyBatch(`0x10\nten\n${2n ** 128n}\n16`, 'hash-key');
    expect(keys.map(({ hashKey, problem }) => [hashKey, problem])).toEqual([
      [16n, null],
      [null, 'not-a-hash-key'],
      [null, 'beyond-the-ring'],
      [16n, null],
    ]);
    expect(readKeyBatch('x'.repeat(257), 'partition-key').keys[0]?.problem).toBe('too-long');
  });

  it('leaves out what is more than can be looked up, and says how much', () => {
    const batch = readKeyBatch('key\n'.repeat(KEYS_MAX + 7), 'partition-key');
    expect([batch.keys.length, batch.leftOut]).toEqual([KEYS_MAX, 7]);
  });
});

describe('countByShard', () => {
  it('counts keys of each shard, most first', () => {
    expect(countByShard(['b', 'a', null, 'b', 'c'])).toEqual([
      { shardId: 'b', count: 2 },
      { shardId: 'a', count: 1 },
      { shardId: 'c', count: 1 },
    ]);
  });
});
