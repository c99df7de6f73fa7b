import type { Shard } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { HASH_KEYS } from './hash-keys.ts';
import { faultsOfLineage, shardOf } from './reshard.ts';

const HALF = HASH_KEYS / 2n;
const shard = (
  id: string,
  range: [bigint, bigint],
  numbers: [string, string?],
  parents: string[] = [],
): Shard => ({
  ShardId: id,
  HashKeyRange: { StartingHashKey: `${range[0]}`, EndingHashKey: `${range[1]}` },
  SequenceNumberRange: { StartingSequenceNumber: numbers[0], EndingSequenceNumber: numbers[1] },
  ParentShardId: parents[0],
  AdjacentParentShardId: parents[1],
});
const PARENT = shard('p', [0n, HASH_KEYS - 1n], ['10', '20']);
const LEFT = shard('l', [0n, HALF - 1n], ['21'], ['p']);
const RIGHT = shard('r', [HALF, HASH_KEYS - 1n], ['21'], ['p']);

describe('faultsOfLineage', () => {
  it('finds none after a split', () => expect(faultsOfLineage([PARENT, LEFT, RIGHT])).toEqual([]));

  it.each([
    ['a child that is lost', [PARENT, LEFT]],
    ['a parent that is not listed', [LEFT, RIGHT]],
    [
      'a parent that is open',
      [shard('p', [0n, HALF - 1n], ['10']), shard('r', [HALF, HASH_KEYS - 1n], ['21'], ['p'])],
    ],
    [
      'a child that starts before its parent ends',
      [PARENT, LEFT, shard('r', [HALF, HASH_KEYS - 1n], ['19'], ['p'])],
    ],
    ['an end before the start', [shard('p', [0n, HASH_KEYS - 1n], ['10', '9']), LEFT, RIGHT]],
    [
      'the wrong parent',
      [
        shard('a', [0n, HALF - 1n], ['1', '5']),
        shard('b', [HALF, HASH_KEYS - 1n], ['1', '5']),
        shard('c', [0n, HALF - 1n], ['6'], ['b']),
        shard('d', [HALF, HASH_KEYS - 1n], ['6'], ['b']),
      ],
    ],
  ])('finds %s', (_what, shards) => expect(faultsOfLineage(shards)).not.toEqual([]));
});

describe('shardOf', () => {
  it('throws for what is not there', () => expect(() => shardOf([PARENT], 'x')).toThrow('x'));
});
