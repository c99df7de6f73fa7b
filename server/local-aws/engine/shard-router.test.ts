import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX, type HashKey, hashKeyFromDigest } from '#lib/domain/hash-key.ts';
import { rangeContains, uniformRanges } from '#lib/domain/hash-range.ts';
import { KinesisMeter } from '#server/local-aws/metering/meter.ts';
import { ByteCap } from './byte-cap.ts';
import { EngineShard } from './engine-shard.ts';
import { ShardRouter } from './shard-router.ts';

const cap = new ByteCap(1_000_000, () => {}).openShare();
const meter = new KinesisMeter({ basePeriodMs: 5_000, maxBytes: 1_000_000 }).openStream('s');

function routerOver(count: number, cacheKeysMax?: number): ShardRouter {
  const shards = uniformRanges(count).map(
    (range, index) =>
      new EngineShard({
        index,
        range,
        parents: [],
        openedAtMs: 0,
        meter: meter.shard(String(index)),
        cap,
        limitScale: null,
      }),
  );
  return new ShardRouter(shards.toReversed(), cacheKeysMax);
}

describe('the router', () => {
  it('finds the shard whose range holds the key', () => {
    const anyKey = fc.bigInt({ min: 0n, max: HASH_KEY_MAX }).map((key) => key as HashKey);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), anyKey, (count, key) => {
        expect(rangeContains(routerOver(count).byHashKey(key).range, key)).toBe(true);
      }),
    );
  });

  it('goes by the MD5 of a partition key in UTF-8, and counts its bytes', () => {
    const router = routerOver(16);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (partitionKey) => {
        const digest = createHash('md5').update(partitionKey, 'utf8').digest();
        const { shard, keyBytes } = router.byPartitionKey(partitionKey);
        expect(rangeContains(shard.range, hashKeyFromDigest(digest))).toBe(true);
        expect(keyBytes).toBe(Buffer.byteLength(partitionKey, 'utf8'));
      }),
    );
  });

  it('says the same of a key before and after it has forgotten it', () => {
    const router = routerOver(16, 50);
    const keys = Array.from({ length: 500 }, (_, i) => `key-${i}`);
    const indexOf = (key: string) => router.byPartitionKey(key).shard.index;
    const first = keys.map(indexOf);
    expect(keys.map(indexOf)).toEqual(first);
    expect(new Set(first).size).toBe(16);
  });
});
