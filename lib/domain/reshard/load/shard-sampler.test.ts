import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HashKey, hashKey } from '#lib/domain/hash-key.ts';
import { splitRange, WHOLE_RING } from '#lib/domain/hash-range.ts';
import { hashPartitionKey } from '#lib/domain/key-lookup.ts';
import { totalRate } from './load-estimate.ts';
import { loadFromShards } from './load-from-shards.ts';
import { loadOfRange } from './load-of-range.ts';
import { refineBySamples } from './refine-by-sample.ts';
import { sampleConfidence } from './sample-confidence.ts';
import { ShardSampler } from './shard-sampler.ts';

const [LEFT, RIGHT] = splitRange(WHOLE_RING, hashKey(2n ** 127n));
const MIDDLE_OF_LEFT = 2n ** 126n;

function recordAt(at: bigint, bytes = 100, partitionKey = `key ${at}`) {
  return { partitionKey, hashKey: at as HashKey, bytes };
}

/** The left half at 1,000 bytes and 10 records a second, the right at as much. */
const BY_METRICS = loadFromShards(
  [LEFT, RIGHT].map((range) => ({
    range,
    rate: { bytesPerSecond: 1_000, recordsPerSecond: 10 },
  })),
);

describe('a sample', () => {
  it('keeps the level of the metrics, wherever its records lie', () => {
    const place = fc.bigInt({ min: 0n, max: LEFT.end });
    fc.assert(
      fc.property(fc.array(place, { minLength: 50, maxLength: 200 }), (places) => {
        const sampler = new ShardSampler(LEFT);
        for (const at of places) sampler.add(recordAt(at));
        const load = refineBySamples(BY_METRICS, [sampler.sample()]);
        expect(load.starts.every((start, i) => start > (load.starts[i - 1] ?? -1n))).toBe(true);
        expect(loadOfRange(load, LEFT).bytesPerSecond).toBeCloseTo(1_000, 6);
        expect(loadOfRange(load, RIGHT).recordsPerSecond).toBeCloseTo(10, 6);
        expect(totalRate(load).bytesPerSecond).toBeCloseTo(2_000, 6);
      }),
    );
  });

  it('says on which side of a cut the load lies', () => {
    const sampler = new ShardSampler(LEFT);
    for (let i = 0n; i < 300n; i += 1n) sampler.add(recordAt((i * 2n ** 126n) / 300n));
    for (let i = 0n; i < 100n; i += 1n) {
      sampler.add(recordAt(MIDDLE_OF_LEFT + (i * 2n ** 126n) / 100n));
    }
    const load = refineBySamples(BY_METRICS, [sampler.sample()]);
    const [low] = splitRange(LEFT, hashKey(MIDDLE_OF_LEFT));
    expect(loadOfRange(load, low).bytesPerSecond).toBeCloseTo(750, 6);
  });

  it('sets a heavy key apart, since no cut spreads it', () => {
    const hot = hashPartitionKey('hot');
    if (!hot.ok) throw new Error('a key');
    const half = hot.hashKey <= LEFT.end ? LEFT : RIGHT;
    const sampler = new ShardSampler(half);
    for (let i = 0; i < 60; i += 1) sampler.add(recordAt(hot.hashKey, 300, 'hot'));
    for (let i = 0n; i < 40n; i += 1n) {
      sampler.add(recordAt(half.start + (i * 2n ** 127n) / 40n + 1n));
    }
    const sample = sampler.sample();
    const [top] = sample.topKeys;
    expect(top).toMatchObject({ partitionKey: 'hot', recordsShareMin: 0.6, recordsShareMax: 0.6 });
    const load = refineBySamples(BY_METRICS, [sample]);
    const alone = { start: hot.hashKey, end: hashKey(hot.hashKey + 1n) };
    expect(loadOfRange(load, alone).recordsPerSecond).toBeCloseTo(6, 6);
    expect(loadOfRange(load, alone).bytesPerSecond).toBeCloseTo((1_000 * 18_000) / 22_000, 6);
  });

  it('counts records of explicit hash keys as invalid, and trusts itself less for them', () => {
    const sampler = new ShardSampler(LEFT);
    for (let i = 0n; i < 4_000n; i += 1n) sampler.add(recordAt(i * 2n ** 110n));
    const clean = sampleConfidence(sampler.sample());
    for (let i = 0n; i < 2_000n; i += 1n) sampler.add(recordAt(RIGHT.start + i));
    const sample = sampler.sample();
    expect(sample).toMatchObject({ records: 6_000, invalidRecords: 2_000, invalidBytes: 200_000 });
    expect(clean.verdict).toBe('good');
    expect(sampleConfidence(sample)).toMatchObject({ invalidShare: 1 / 3, verdict: 'too-little' });
    expect(loadOfRange(refineBySamples(BY_METRICS, [sample]), LEFT).bytesPerSecond).toBeCloseTo(
      1_000,
      6,
    );
  });

  it('changes nothing where it has few records', () => {
    const sampler = new ShardSampler(LEFT);
    sampler.add(recordAt(5n));
    expect(refineBySamples(BY_METRICS, [sampler.sample()]).starts).toEqual(BY_METRICS.starts);
    expect(sampleConfidence(sampler.sample()).verdict).toBe('too-little');
    expect(sampleConfidence(new ShardSampler(LEFT).sample()).shareError).toBe(1);
  });

  it('finds heavy keys among more than it can hold', () => {
    const sampler = new ShardSampler(WHOLE_RING);
    for (let i = 0; i < 6_000; i += 1) {
      sampler.add(recordAt(BigInt(i) * 2n ** 100n, 100, `light ${i}`));
      if (i % 20 === 0) sampler.add(recordAt(7n, 100, 'heavy'));
    }
    const heavy = sampler.sample().topKeys.find(({ partitionKey }) => partitionKey === 'heavy');
    expect(heavy?.recordsShareMax).toBeGreaterThanOrEqual(300 / 6_300);
    expect(heavy?.recordsShareMin).toBeLessThanOrEqual(300 / 6_300);
  });
});
