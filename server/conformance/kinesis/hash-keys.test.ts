import { describe, expect, it } from 'vitest';
import {
  boundariesOf,
  gapIn,
  HASH_KEYS,
  hashKeyOf,
  openShards,
  shardFor,
  unevenBoundary,
} from './hash-keys.ts';

const shard = (id: string, first: bigint, last: bigint, closed = false) => ({
  ShardId: id,
  HashKeyRange: { StartingHashKey: first.toString(), EndingHashKey: last.toString() },
  SequenceNumberRange: {
    StartingSequenceNumber: '1',
    ...(closed ? { EndingSequenceNumber: '2' } : {}),
  },
});
const HALF = HASH_KEYS / 2n;
const SHARDS = [
  shard('c', HALF, HASH_KEYS - 1n),
  shard('b', 0n, HALF - 1n),
  shard('a', 0n, HASH_KEYS - 1n, true),
];

describe('hashKeyOf', () => {
  it('is the MD5 of RFC 1321, big-endian', () => {
    expect(hashKeyOf('')).toBe(0xd41d8cd98f00b204e9800998ecf8427en);
    expect(hashKeyOf('abc')).toBe(0x900150983cd24fb0d6963f7d28e17f72n);
  });
});

describe('openShards', () => {
  it('leaves out closed ones and sorts by hash key', () => {
    expect(openShards(SHARDS).map((one) => one.ShardId)).toEqual(['b', 'c']);
    expect(boundariesOf(SHARDS)).toEqual([HALF.toString()]);
  });
});

describe('shardFor', () => {
  it('takes both ends in', () => {
    expect(shardFor(SHARDS, HALF - 1n)?.ShardId).toBe('b');
    expect(shardFor(SHARDS, HALF)?.ShardId).toBe('c');
    expect(shardFor(SHARDS, HASH_KEYS)).toBeUndefined();
  });
});

describe('gapIn', () => {
  const whole = { first: 0n, last: HASH_KEYS - 1n };
  it('finds nothing in the whole space', () => expect(gapIn([whole])).toBeUndefined());
  it.each([
    [
      'a hole',
      [
        { first: 0n, last: 4n },
        { first: 6n, last: HASH_KEYS - 1n },
      ],
    ],
    [
      'an overlap',
      [
        { first: 0n, last: 6n },
        { first: 6n, last: HASH_KEYS - 1n },
      ],
    ],
    ['a late start', [{ first: 1n, last: HASH_KEYS - 1n }]],
    ['an early end', [{ first: 0n, last: HASH_KEYS - 2n }]],
    ['nothing', []],
  ])('finds %s', (_what, ranges) => expect(gapIn(ranges)).toBeTypeOf('string'));
});

describe('unevenBoundary', () => {
  const cut = (first: bigint, second: bigint) => [
    shard('a', 0n, first - 1n),
    shard('b', first, second - 1n),
    shard('c', second, HASH_KEYS - 1n),
  ];
  const third = HASH_KEYS / 3n;

  it('takes thirds, however they are rounded', () => {
    expect(unevenBoundary(cut(third, third * 2n))).toBeUndefined();
    expect(unevenBoundary(cut(third + 1n, third * 2n + 1n))).toBeUndefined();
  });
  it('names what is no third', () => {
    expect(unevenBoundary(cut(third, third * 2n + 5n))).toBe((third * 2n + 5n).toString());
    expect(unevenBoundary(cut(HASH_KEYS / 4n, third * 2n))).toBe((HASH_KEYS / 4n).toString());
  });
});
