import { expect, test } from 'vitest';
import { emptyShardValues, shardValueIndex } from '#lib/domain/frame.ts';
import { hottestShards } from './hottest-shards.ts';

const OPEN = new Map([
  [1, ['a', 'b']],
  [2, ['b', 'c', 'd']],
]);

function reading(topologyId: number, records: readonly number[]) {
  const values = emptyShardValues(records.length);
  for (const [place, value] of records.entries()) {
    values[shardValueIndex('IncomingRecords', place, records.length)] = value;
  }
  return { periodStartMs: 0, topologyId, values };
}

test('the highest use in any period decides, over all topologies', () => {
  const readings = [reading(1, [900, 100]), reading(1, [0, 200]), reading(2, [300, 1_200, 50])];
  expect(hottestShards(readings, OPEN, 1, 8)).toEqual(['c', 'a', 'b', 'd']);
  expect(hottestShards(readings, OPEN, 1, 2)).toEqual(['c', 'a']);
});

test('equals stand in the order of their ids', () => {
  expect(hottestShards([reading(2, [5, 5, 5])], OPEN, 1, 2)).toEqual(['b', 'c']);
});

test('a shard of which nothing is known is none of them', () => {
  expect(hottestShards([reading(2, [5, Number.NaN, 0])], OPEN, 1, 8)).toEqual(['b', 'd']);
});

test('where shard-level metrics are off there are none', () => {
  const off = { periodStartMs: 0, topologyId: 2, values: new Float32Array() };
  expect(hottestShards([off], OPEN, 1, 8)).toEqual([]);
});
