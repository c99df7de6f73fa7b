import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { countOf, formatCount } from './count.ts';
import { shortHashKey } from './hash-key.ts';
import { shortSequenceNumber } from './sequence-number.ts';
import { shardIdInProse, shortenShardIds, shortShardId } from './shard-id.ts';

test.each([
  ['shardId-000000000012', '…0012'],
  ['shardId-000000123456', '…123456'],
  ['shard-a', 'shard-a'],
])('%s is short %s', (id, short) => {
  expect(shortShardId(id)).toBe(short);
});

test('short hash keys tell the starts of 10,000 even shards apart', () => {
  const starts = uniformRanges(10_000).map((range) => shortHashKey(range.start));
  expect(new Set(starts).size).toBe(10_000);
  expect(starts[5_000]).toBe('80000000…');
});

test('a short sequence number keeps both ends', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 186n }), (n) => {
      const [head = '', tail = ''] = shortSequenceNumber(String(n)).split('…');
      expect(String(n).startsWith(head) && String(n).endsWith(tail)).toBe(true);
    }),
  );
});

test('counts have their thousands apart, and nothing in place of nothing', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect(formatCount(0)).toBe('0');
  expect(formatCount(null)).toBe('–');
  expect(countOf(1, 'shard')).toBe('1 shard');
  expect(countOf(2, 'match', 'matches')).toBe('2 matches');
});

test('a sentence keeps its capital where a shard id began it', () => {
  const sentence = 'shardId-000000000003 uses more than shardId-000000000004.';
  expect(shortenShardIds(sentence)).toBe(
    'Shard\u00a0…\u20600003 uses more than shard\u00a0…\u20600004.',
  );
});

test('a short id can be broken across lines nowhere, and an id of another form is left alone', () => {
  expect(shardIdInProse('shardId-000000000003')).toBe('…\u20600003');
  expect(shardIdInProse('shard-a')).toBe('shard-a');
});
