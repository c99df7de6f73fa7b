import { expect, test } from 'vitest';
import { refusingShardIds } from './refusing-shards.ts';

const shard = (shardId: string, throttledRecords: number) => ({ shardId, throttledRecords });

test('whoever refuses most is named first, and who refuses next to nothing is not', () => {
  const shards = [shard('a', 40), shard('b', 0), shard('c', 59), shard('d', 1)];
  expect(refusingShardIds(shards)).toEqual(['c', 'a']);
});

test('at most three are named', () => {
  expect(refusingShardIds(['a', 'b', 'c', 'd'].map((id) => shard(id, 5)))).toHaveLength(3);
});

test('shards without a datapoint are not known to refuse', () => {
  expect(refusingShardIds([shard('a', Number.NaN), shard('b', 2)])).toEqual(['b']);
  expect(refusingShardIds([shard('a', Number.NaN), shard('b', 0)])).toEqual([]);
});
