import { expect, it } from 'vitest';
import { rangeContains, rangeMiddle, uniformRanges } from '#lib/domain/hash-range.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { hashKeyOf } from './key-placement.ts';
import { plannedBytesPerSecond } from './producer-plan.ts';
import { SINGLE_KEY_SHARD, tweetsPlan, WARM_SHARD } from './tweets-plan.ts';

const LIMIT = SHARD_LIMITS.writeBytesPerSecondMax;
const { producer } = tweetsPlan(1, 1.1);
const shards = uniformRanges(6);

/** Two hours, each 20 s. */
const instants = Array.from({ length: 360 }, (_, i) => 1_790_000_000_000 + i * 20_000);

function demandOver(shard: number, part: (key: bigint) => boolean = () => true): number[] {
  const range = shards[shard];
  if (range === undefined) throw new RangeError(`No shard ${shard}`);
  return instants.map(
    (nowMs) =>
      plannedBytesPerSecond(producer, nowMs, (partitionKey) => {
        const key = hashKeyOf(partitionKey);
        return rangeContains(range, key) && part(key);
      }) / LIMIT,
  );
}

it('keeps the two hot shards over their limit all the time', () => {
  for (const shard of [WARM_SHARD, SINGLE_KEY_SHARD]) {
    const demand = demandOver(shard);
    expect(Math.min(...demand)).toBeGreaterThan(1.1);
    expect(Math.max(...demand)).toBeLessThan(1.3);
  }
});

it('lets splitting cure the shard of many warm keys', () => {
  const range = shards[WARM_SHARD];
  if (range === undefined) throw new RangeError('No warm shard');
  const middle = rangeMiddle(range);
  for (const half of [(key: bigint) => key < middle, (key: bigint) => key >= middle]) {
    expect(Math.max(...demandOver(WARM_SHARD, half))).toBeLessThan(0.7);
  }
});

it('has one key that no split cures', () => {
  const hottest = [...producer.keys].sort((a, b) => b.bytesPerSecond - a.bytesPerSecond)[0];
  const range = shards[SINGLE_KEY_SHARD];
  if (hottest === undefined || range === undefined) throw new RangeError('No hot key');
  expect(rangeContains(range, hashKeyOf(hottest.partitionKey))).toBe(true);
  const demand = instants.map((nowMs) => (hottest.bytesPerSecond * hottest.wave(nowMs)) / LIMIT);
  expect(Math.min(...demand)).toBeGreaterThan(1.05);
  expect(Math.max(...demand)).toBeLessThan(1.2);
});

it('leaves the other shards room, and some life', () => {
  for (const shard of [0, 2, 3, 5]) {
    const demand = demandOver(shard).sort((a, b) => a - b);
    const median = demand[Math.floor(demand.length / 2)] ?? 0;
    expect(median).toBeGreaterThan(0.15);
    expect(median).toBeLessThan(0.55);
    expect(Math.max(...demand)).toBeLessThan(0.85);
    expect((demand.at(-1) ?? 0) - (demand[0] ?? 0)).toBeGreaterThan(0.03);
  }
});

it('is the same for the same seed, and the skew decides how uneven topics are', () => {
  const rates = (seed: number, skew: number) =>
    tweetsPlan(seed, skew).producer.keys.map((key) => [
      key.partitionKey,
      key.bytesPerSecond,
      key.wave(instants[0] ?? 0),
      key.payloads.map(({ bytes }) => bytes.toString('base64')).join(),
    ]);
  expect(rates(3, 1)).toEqual(rates(3, 1));
  expect(rates(4, 1)).not.toEqual(rates(3, 1));
  const largestShare = (skew: number) => {
    const quiet = tweetsPlan(1, skew).producer.keys.slice(0, 12);
    const total = quiet.reduce((sum, key) => sum + key.bytesPerSecond, 0);
    return Math.max(...quiet.map((key) => key.bytesPerSecond)) / total;
  };
  expect(largestShare(0)).toBeCloseTo(1 / 12);
  expect(largestShare(2)).toBeGreaterThan(0.5);
});
