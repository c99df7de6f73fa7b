import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { NO_LIMIT } from '#lib/domain/replay/emit/caps.ts';
import { seededChances } from '#lib/domain/replay/testing/seeded-chances.ts';
import { estimatePrice } from './estimate-price.ts';
import { estimateRecords } from './estimate-records.ts';
import { type DurationQuestion, predictDuration } from './predict-duration.ts';
import { SampleBuilder } from './sample.ts';
import { shardsNeeded } from './shards-needed.ts';

/** Records by key and size; each key has an eighth of the ring. */
function sampleOf(records: readonly (readonly [key: number, bytes: number])[], shards = 4) {
  const builder = new SampleBuilder(uniformRanges(shards));
  builder.object(1_000);
  for (const [i, [key, bytes]] of records.entries()) {
    builder.record({
      object: 0,
      ordinal: i,
      partitionKey: `key-${key}`,
      hashKey: hashKey((BigInt(key) * 2n ** 128n) / 8n),
      bytes,
      playMs: 0,
    });
  }
  return builder.sample();
}

describe('a sample', () => {
  it('counts by shard and key, and what will be charged', () => {
    const sample = sampleOf([
      [0, 100],
      [0, 1_024],
      [7, 25_601],
    ]);
    expect(sample).toMatchObject({
      objects: [{ storedBytes: 1_000, records: 3 }],
      records: 3,
      bytes: 26_725,
      largestRecordBytes: 25_601,
      payloadUnits: 4,
      billedKilobytes: 28,
      hottestKey: { partitionKey: 'key-0', records: 2 },
    });
    expect(sample.shards.map(({ records }) => records)).toEqual([2, 0, 0, 1]);
  });
});

describe('the estimate of records', () => {
  it('holds the truth within its error nearly always', () => {
    const random = seededChances(7);
    let within = 0;
    for (let round = 0; round < 400; round += 1) {
      const objects = Array.from({ length: 500 }, () => {
        const storedBytes = 1_000 + Math.floor(random() * 9_000);
        return { storedBytes, records: Math.round(storedBytes * (0.05 + random() * 0.1)) };
      });
      const picked = objects.filter(() => random() < 0.04);
      const all = {
        objects: objects.length,
        bytes: objects.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
      };
      const truth = objects.reduce((sum, { records }) => sum + records, 0);
      const estimate = estimateRecords(picked, all);
      if (estimate !== null && Math.abs(estimate.records - truth) <= (estimate.error ?? 0)) {
        within += 1;
      }
    }
    expect(within / 400).toBeGreaterThan(0.9);
    expect(within / 400).toBeLessThan(0.995);
  });

  it('is exact where everything was read, and says where it cannot tell', () => {
    const one = [{ storedBytes: 10, records: 4 }];
    expect(estimateRecords(one, { objects: 1, bytes: 10 })).toEqual({ records: 4, error: 0 });
    expect(estimateRecords(one, { objects: 2, bytes: 20 })).toEqual({ records: 8, error: null });
    // Of the one object only half was read.
    expect(estimateRecords(one, { objects: 1, bytes: 20 })?.error).toBeNull();
    expect(estimateRecords([], { objects: 2, bytes: 20 })).toBeNull();
  });
});

describe('the predicted duration', () => {
  const cap = { bytesPerSecond: 1_000, recordsPerSecond: 10 };
  const even = sampleOf(Array.from({ length: 8 }, (_, key) => [key, 50] as const));
  const question = (change: Partial<DurationQuestion>): DurationQuestion => ({
    records: 800,
    sample: even,
    caps: [cap, cap, cap, cap],
    total: NO_LIMIT,
    pace: { kind: 'maximum' },
    playMs: null,
    order: 'none',
    roundTripMs: 30,
    ...change,
  });

  it.each([
    ['its fullest shard, by records', {}, 20_000, { by: 'shard', shard: 0, limit: 'records' }],
    [
      'its fullest shard, by bytes',
      { caps: [cap, cap, { ...cap, bytesPerSecond: 100 }, cap] },
      100_000,
      { by: 'shard', shard: 2, limit: 'bytes' },
    ],
    [
      'the cap on all',
      { total: { bytesPerSecond: 400, recordsPerSecond: 1e9 } },
      100_000,
      { by: 'total', limit: 'bytes' },
    ],
    [
      'the key that has most',
      { order: 'per-key', roundTripMs: 500 },
      50_000,
      { by: 'key', partitionKey: 'key-0' },
    ],
    ['one record after the other', { order: 'strict' }, 24_000, { by: 'strict-order' }],
    [
      'the times of the archive',
      { pace: { kind: 'timed', speed: 4 }, playMs: 400_000 },
      100_000,
      { by: 'pace' },
    ],
    [
      'what may not be written at all',
      { caps: [cap, { bytesPerSecond: 0, recordsPerSecond: 0 }, cap, cap] },
      Number.POSITIVE_INFINITY,
      { by: 'shard', shard: 1, limit: 'bytes' },
    ],
  ] as const)('is that of %s', (_, change, ms, by) => {
    const predicted = predictDuration(question(change));
    expect(predicted?.ms).toBeCloseTo(ms);
    expect(predicted?.bound).toEqual(by);
  });

  it('does not wait for a shard that gets nothing, and is unknown where nothing would be sent', () => {
    const none = { bytesPerSecond: 0, recordsPerSecond: 0 };
    const one = sampleOf([[0, 50]]);
    expect(predictDuration(question({ sample: one, caps: [cap, none, none, none] }))?.ms).toBe(
      80_000,
    );
    expect(predictDuration(question({ sample: sampleOf([]) }))).toBeNull();
  });

  it('never gets shorter by a tighter cap or a stricter order', () => {
    const anyKeys = fc.array(fc.nat(7), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(anyKeys, fc.integer({ min: 0, max: 3 }), (keys, shard) => {
        const sample = sampleOf(keys.map((key) => [key, 50] as const));
        const ms = (change: Partial<DurationQuestion>) =>
          predictDuration(question({ sample, ...change }))?.ms ?? Number.NaN;
        const tighter = question({}).caps.with(shard, { ...cap, recordsPerSecond: 1 });
        expect(ms({ caps: tighter })).toBeGreaterThanOrEqual(ms({}));
        expect(ms({ order: 'per-key' })).toBeGreaterThanOrEqual(ms({}));
        expect(ms({ order: 'strict' })).toBeGreaterThanOrEqual(ms({ order: 'per-key' }));
      }),
    );
  });
});

describe('what a replay needs and costs', () => {
  it('needs shards for its tightest limit and 30 % more', () => {
    expect(shardsNeeded({ bytesPerSecond: 20 * 1_048_576, recordsPerSecond: 1_000 })).toBe(26);
    expect(shardsNeeded({ bytesPerSecond: 1, recordsPerSecond: 10_000 })).toBe(13);
    expect(shardsNeeded({ bytesPerSecond: 0, recordsPerSecond: 0 })).toBe(1);
  });

  it('costs what it puts and what it reads', () => {
    const sample = sampleOf([
      [0, 100],
      [1, 30_000],
    ]);
    const question = { records: 2_000_000, sample, keysListed: 10_001, objects: 1_000 };
    const provisioned = estimatePrice({ ...question, mode: 'PROVISIONED' });
    expect(provisioned.parts).toEqual([
      { what: 'PUT payload units', dollars: expect.closeTo(0.042) },
      { what: 'S3 GET requests', dollars: expect.closeTo(0.0004, 6) },
      { what: 'S3 LIST requests', dollars: expect.closeTo(0.000_055, 8) },
    ]);
    const onDemand = estimatePrice({ ...question, mode: 'ON_DEMAND' });
    expect(onDemand.dollars).toBeCloseTo((31_000_000 / 1_048_576) * 0.08 + 0.000_455);
  });
});
