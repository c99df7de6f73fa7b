import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformRanges } from './hash-range.ts';
import type { SequenceNumber } from './sequence-number.ts';
import { byRangeStart, isOpen, type Shard, shardIdOf, shardIndexOf } from './shard.ts';

const shards: readonly Shard[] = uniformRanges(4).map((range, i) => ({
  shardId: shardIdOf(i),
  range,
  parentShardId: null,
  adjacentParentShardId: null,
  startingSequenceNumber: 1n as SequenceNumber,
  endingSequenceNumber: i === 0 ? (2n as SequenceNumber) : null,
}));

describe('shard ids', () => {
  it('have twelve digits or more, and are read back', () => {
    expect(shardIdOf(7)).toBe('shardId-000000000007');
    fc.assert(
      fc.property(fc.maxSafeNat(), (index) => {
        expect(shardIndexOf(shardIdOf(index))).toBe(index);
      }),
    );
  });

  it.each(['', 'shardId-7', 'shard-000000000007', 'shardId-00000000000x'])('are not %j', (text) =>
    expect(shardIndexOf(text)).toBeNull(),
  );
});

describe('isOpen', () => {
  it('goes by the ending sequence number', () => {
    expect(shards.map(isOpen)).toEqual([false, true, true, true]);
  });
});

describe('byRangeStart', () => {
  it('sorts as the strip is drawn', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...shards], { minLength: shards.length }), (mixed) => {
        expect(mixed.sort(byRangeStart)).toEqual(shards);
      }),
    );
  });
});
