import { describe, expect, test } from 'vitest';
import { emptyShardValues, emptyStreamValues, shardValueIndex } from '#lib/domain/frame.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { type ShardMetric, STREAM_METRICS, type StreamMetric } from '#lib/domain/shard-metric.ts';
import { openShards } from '#server/services/testing/seed.ts';
import { peaksOf } from './peaks.ts';
import { lagGrowthPerHour, refusalsOf } from './refusals.ts';
import { shardLoads } from './shard-loads.ts';
import { streamPeriods } from './stream-series.ts';

const MINUTE_MS = 60_000;

function period(startMs: number, figures: { readonly [M in StreamMetric]?: number }) {
  const values = emptyStreamValues();
  for (const [i, metric] of STREAM_METRICS.entries()) values[i] = figures[metric] ?? Number.NaN;
  return { startMs, values };
}

const minutes = (figures: readonly { readonly [M in StreamMetric]?: number }[]) =>
  figures.map((one, i) => period(i * MINUTE_MS, one));

describe('refusals', () => {
  test('are counted over the window, and at its end without a break', () => {
    const refused = (records: number) => ({
      IncomingRecords: 100,
      WriteProvisionedThroughputExceeded: records,
    });
    const found = refusalsOf(minutes([refused(5), refused(0), refused(7), refused(8)]), 60);
    expect(found).toMatchObject({
      fromMs: 0,
      toMs: 4 * MINUTE_MS,
      periods: 4,
      acceptedRecords: 400,
      throttledRecords: 20,
      throttledPeriods: 3,
      throttledRun: 2,
      lastThrottledAtMs: 3 * MINUTE_MS,
    });
  });

  test('are none where nothing was tried', () => {
    expect(refusalsOf(minutes([{}, {}]), 60)).toMatchObject({
      throttledRecords: 0,
      throttledRun: 0,
      lastThrottledAtMs: null,
    });
  });

  test('every period of the window may refuse', () => {
    const found = refusalsOf(
      minutes([1, 2].map((n) => ({ WriteProvisionedThroughputExceeded: n }))),
      60,
    );
    expect(found.throttledRun).toBe(2);
  });
});

describe('growth of the lag', () => {
  const lag = (agesMs: readonly number[]) =>
    lagGrowthPerHour(
      minutes(agesMs.map((ageMs) => ({ 'GetRecords.IteratorAgeMilliseconds': ageMs }))),
    );

  test('is told an hour', () => {
    // A minute more each two minutes: half an hour an hour.
    const ages = Array.from({ length: 30 }, (_, i) => (i * MINUTE_MS) / 2);
    expect(lag(ages)).toBeCloseTo(30 * MINUTE_MS, 3);
    expect(lag(ages.toReversed())).toBeCloseTo(-30 * MINUTE_MS, 3);
  });

  test('is not told by a few minutes, nor without figures', () => {
    expect(lag([0, 1_000, 2_000, 3_000, 4_000, 5_000])).toBeNull();
    expect(lag(Array.from({ length: 60 }, () => Number.NaN))).toBeNull();
  });
});

test('a period in which the topology changed is one, with the values of both parts', () => {
  const [one, two] = minutes([{ IncomingBytes: 5 }, { IncomingBytes: 7, IncomingRecords: 1 }]);
  if (one === undefined || two === undefined) throw new Error('two');
  const parts = [
    { periodStartMs: 0, values: one.values },
    { periodStartMs: 0, values: two.values },
    { periodStartMs: MINUTE_MS, values: two.values },
  ];
  const periods = streamPeriods(parts);
  expect(periods.map(({ startMs }) => startMs)).toEqual([0, MINUTE_MS]);
  expect(periods[0]?.values[STREAM_METRICS.indexOf('IncomingBytes')]).toBe(12);
  expect(periods[0]?.values[STREAM_METRICS.indexOf('IncomingRecords')]).toBe(1);
});

describe('peaks', () => {
  test('are the highest mean of any tier, with its period', () => {
    const peaks = peaksOf([
      { periodSeconds: 5, periods: [period(900_000, { IncomingBytes: 5 * MEBIBYTE })] },
      { periodSeconds: 300, periods: [period(0, { IncomingBytes: 300 * 3 * MEBIBYTE })] },
    ]);
    expect(peaks).toMatchObject({
      sinceMs: 0,
      untilMs: 905_000,
      writeBytes: { perSecond: 3 * MEBIBYTE, startMs: 0, periodSeconds: 300 },
      writeRecords: null,
    });
  });

  test('are none where nothing is recorded', () => {
    expect(peaksOf([{ periodSeconds: 5, periods: [] }])).toBeNull();
  });
});

describe('loads of shards', () => {
  const values = (figures: { readonly [M in ShardMetric]?: readonly number[] }, count: number) => {
    const packed = emptyShardValues(count);
    for (const [metric, ofShards] of Object.entries(figures)) {
      for (const [place, value] of ofShards.entries()) {
        packed[shardValueIndex(metric as ShardMetric, place, count)] = value;
      }
    }
    return packed;
  };
  const open = openShards(2, 0);
  const openShardIds = new Map([[7, open.map(({ shardId }) => shardId)]]);

  test('are mean and peak against the limits; silence is nothing done', () => {
    const [left, right] = shardLoads({
      open,
      openShardIds,
      periodSeconds: 60,
      metricsOn: new Set(['IncomingBytes', 'WriteProvisionedThroughputExceeded']),
      frames: [
        { topologyId: 7, values: values({ IncomingBytes: [60 * MEBIBYTE, Number.NaN] }, 2) },
        {
          topologyId: 7,
          values: values(
            { IncomingBytes: [30 * MEBIBYTE], WriteProvisionedThroughputExceeded: [4, 0] },
            2,
          ),
        },
      ],
    });
    expect(left).toMatchObject({
      rangeShare: 0.5,
      periods: 2,
      mean: { writeBytes: 0.75, writeRecords: Number.NaN },
      peak: { writeBytes: 1 },
      throttledRecords: 4,
    });
    expect(right).toMatchObject({ periods: 2, mean: { writeBytes: 0 }, throttledRecords: 0 });
  });

  test('leave out frames without shard values, and shards that are gone', () => {
    const loads = shardLoads({
      open,
      openShardIds: new Map([
        ...openShardIds,
        [8, ['shardId-000000000099', open[0]?.shardId ?? '']],
      ]),
      periodSeconds: 60,
      metricsOn: new Set(['IncomingBytes']),
      frames: [
        { topologyId: 7, values: new Float32Array() },
        { topologyId: 8, values: values({ IncomingBytes: [60 * MEBIBYTE, 30 * MEBIBYTE] }, 2) },
      ],
    });
    expect(loads.map(({ periods }) => periods)).toEqual([1, 0]);
    expect(loads[0]?.mean.writeBytes).toBe(0.5);
    expect(loads[1]?.mean.writeBytes).toBeNaN();
  });
});
