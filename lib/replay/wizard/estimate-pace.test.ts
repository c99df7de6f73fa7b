import { describe, expect, it } from 'vitest';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { SampleView } from '#lib/replay/view/archive-sample.ts';
import { estimatePace, playTime } from './estimate-pace.ts';
import { predictLoad } from './predict-load.ts';

const MEBIBYTE = 1_048_576;
const SHARDS = uniformRanges(4).map(({ start, end }, i) => ({
  shardId: `shardId-00000000000${i}`,
  start: `${start}`,
  end: `${end}`,
  live: { bytesPerSecond: 0, recordsPerSecond: 0 },
}));

function sampled(
  largest: SampleView['keys']['largest'],
): Pick<SampleView, 'objects' | 'totals' | 'keys'> {
  return {
    objects: [{ key: 'a', storedBytes: 2_000, readBytes: 1_000, words: 'gzip', isFaulty: false }],
    totals: {
      records: 20,
      quarantined: 0,
      kept: 10,
      dropped: [],
      failed: 0,
      keptBytes: 10 * 1_024,
    },
    keys: {
      records: 20,
      withoutKey: 0,
      hitShare: 1,
      bySource: [],
      differentKeys: 5,
      areAllCounted: true,
      largest,
      candidates: [],
    },
  };
}

const load = predictLoad(sampled(null), { bytes: 1_024_000 }, SHARDS);
if (load === null) throw new Error('the sample of the tests has records');
const { pace } = NEW_DRAFT;

describe('predictLoad', () => {
  it('scales what was kept up by stored bytes, evenly over the ring', () => {
    expect(load.records).toBe(10_240);
    expect(load.bytes).toBe(10_240 * 1_024);
    expect(load.shards.map(({ records }) => records)).toEqual([2_560, 2_560, 2_560, 2_560]);
  });

  it('puts the largest key onto its shard', () => {
    const largest = { partitionKey: 'a', records: 10, share: 0.5 };
    const skewed = predictLoad(sampled(largest), { bytes: 1_000 }, SHARDS);
    // MD5 of "a" begins with 0c: the first quarter of the ring.
    expect(skewed?.shards.map(({ records }) => records)).toEqual([6.25, 1.25, 1.25, 1.25]);
    expect(skewed?.hottestKey).toEqual({ partitionKey: 'a', records: 5 });
  });

  it('says nothing of a sample that shows nothing', () => {
    const none = sampled(null);
    expect(
      predictLoad({ ...none, totals: { ...none.totals, kept: 0 } }, { bytes: 1 }, SHARDS),
    ).toBeNull();
  });
});

describe('estimatePace', () => {
  const ask = (change: Partial<Parameters<typeof estimatePace>[0]>) =>
    estimatePace({ load, shards: SHARDS, pace, order: 'none', playMs: null, ...change });

  it('takes half of what is free by default, and longer with a smaller share', () => {
    // 2,560 records a shard at 500 a second, which 2.5 MiB at 0.5 MiB/s do not reach.
    const half = ask({});
    expect(half.duration?.ms).toBeCloseTo(5_120);
    expect(half.cap).toEqual({ bytesPerSecond: 2 * MEBIBYTE, recordsPerSecond: 2_000 });
    expect(half.mean?.recordsPerSecond).toBeCloseTo(2_000);
    expect(ask({ pace: { ...pace, freeShare: 0.05 } }).duration?.ms).toBeCloseTo(51_200);
  });

  it('never ends where nothing is free', () => {
    const full = { bytesPerSecond: MEBIBYTE, recordsPerSecond: 10 };
    const estimate = ask({ shards: SHARDS.map((shard) => ({ ...shard, live: full })) });
    expect(estimate.duration?.ms).toBe(Number.POSITIVE_INFINITY);
    expect(estimate.mean).toBeNull();
  });

  it('knows no cap where live traffic is unknown and nobody set one', () => {
    const shards = SHARDS.map((shard) => ({ ...shard, live: null }));
    expect(ask({ shards }).cap).toBeNull();
    const shardCap = { bytesPerSecond: 1_000, recordsPerSecond: 1 };
    expect(ask({ shards, pace: { ...pace, shardCap } }).cap).toEqual({
      bytesPerSecond: 4_000,
      recordsPerSecond: 4,
    });
  });

  it('is held up by the pace of the archive', () => {
    const timed = { ...pace, pace: { kind: 'timed', speed: 10 } } as const;
    expect(ask({ pace: timed, playMs: 1_000_000 }).duration).toEqual({
      ms: 100_000,
      bound: { by: 'pace' },
    });
  });
});

describe('playTime', () => {
  const BUCKETS = [
    { fromMs: 0, toMs: 10 },
    { fromMs: 10, toMs: 20 },
    { fromMs: 100, toMs: 110 },
  ];

  it('cuts pauses to the idle gap', () => {
    expect(playTime(BUCKETS, null, 5)).toBe(35);
    expect(playTime(BUCKETS, null, 1_000)).toBe(110);
  });

  it('counts what lies in the window alone', () => {
    expect(playTime(BUCKETS, { fromMs: 5, toMs: 14 }, 5)).toBe(10);
    expect(playTime(BUCKETS, { fromMs: 30, toMs: 40 }, 5)).toBe(0);
  });
});
