import { expect, test } from 'vitest';
import { rankWords } from './rank-words.ts';

test.each([
  [0, 8, true, 'highest use of 8 open shards'],
  [0, 8, false, 'highest use of 8 open shards'],
  [2, 8, false, 'number 3 by use of 8 open shards'],
  [1, 8, true, 'number 2 by use of 8 open shards, hottest of those that refuse records'],
  [0, 1, true, 'the only open shard'],
])('rank %i of %i, hottest %s: %s', (rank, openCount, isHottest, words) => {
  expect(rankWords(rank, openCount, isHottest)).toBe(words);
});
