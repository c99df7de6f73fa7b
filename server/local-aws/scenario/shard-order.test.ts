import { expect, it } from 'vitest';
import { ShardOrder } from './shard-order.ts';

const born = (shardId: string, ...parentShardIds: string[]) => ({ shardId, parentShardIds });

it('begins with a child when all of its parents are at their end, and once', () => {
  const order = new ShardOrder();
  expect(order.list([born('a'), born('b'), born('ab', 'a', 'b'), born('c', 'ab')])).toEqual([
    'a',
    'b',
  ]);
  expect(order.finish('a', [born('ab', 'a', 'b')])).toEqual([]);
  expect(order.finish('b', [born('ab', 'a', 'b')])).toEqual(['ab']);
  expect(order.finish('ab', [born('c', 'ab'), born('d', 'ab')])).toEqual(['c', 'd']);
  expect(order.finish('c', [])).toEqual([]);
});

it('waits for a parent that it has not heard of yet', () => {
  const order = new ShardOrder();
  order.list([born('a'), born('p')]);
  expect(order.finish('a', [born('am', 'a', 'm')])).toEqual([]);
  expect(order.finish('p', [born('m', 'p')])).toEqual(['m']);
  expect(order.finish('m', [born('am', 'a', 'm')])).toEqual(['am']);
});

it('waits for no parent that has gone with its records', () => {
  const order = new ShardOrder();
  expect(order.list([born('c', 'gone'), born('d', 'gone', 'c')])).toEqual(['c']);
  expect(order.finish('c', [])).toEqual(['d']);
});

it('goes on waiting for a parent that it has heard of and that is no longer listed', () => {
  const order = new ShardOrder();
  expect(order.list([born('a')])).toEqual(['a']);
  expect(order.list([born('b', 'a')])).toEqual([]);
  expect(order.finish('a', [])).toEqual(['b']);
});
