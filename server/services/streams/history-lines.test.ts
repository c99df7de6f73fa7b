import { expect, test } from 'vitest';
import { emptyStreamValues } from '#lib/domain/frame.ts';
import { STREAM_METRICS, type StreamMetric } from '#lib/domain/shard-metric.ts';
import { historyLines } from './history-lines.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);

function point(period: number, values: { readonly [M in StreamMetric]?: number }, open = 2) {
  return {
    periodStartMs: T0 + period * 5_000,
    openShardCount: open,
    values: emptyStreamValues().map(
      (nan, i) => values[STREAM_METRICS[i] ?? 'IncomingBytes'] ?? nan,
    ),
  };
}

const lines = (stream: ReturnType<typeof point>[], over = {}) =>
  historyLines({ streamId: 1, periodSeconds: 5, stream, hottest: [], shards: [], ...over });

test('nothing read, no points', () => {
  expect(lines([])).toMatchObject({ periodStartMs: [], incomingBytesPerSecond: [], hottest: [] });
});

test('every period between the first and the last has a place, in order', () => {
  const history = lines([point(3, { IncomingBytes: 50 }), point(0, { IncomingBytes: 10 })]);
  expect(history.periodStartMs).toEqual([0, 1, 2, 3].map((i) => T0 + i * 5_000));
  expect(history.incomingBytesPerSecond).toEqual([2, null, null, 10]);
  expect(history.openShardCount).toEqual([2, null, null, 2]);
});

test('a silent period that was read has shards but no figures, and zero is zero', () => {
  const history = lines([point(0, {}), point(1, { WriteProvisionedThroughputExceeded: 0 })]);
  expect(history.writeThrottledRecords).toEqual([null, 0]);
  expect(history.openShardCount).toEqual([2, 2]);
});

test('the frames of one period are added up, and the topology in force counts the shards', () => {
  const history = lines([
    point(0, { IncomingRecords: 10 }, 2),
    point(0, { IncomingRecords: 5 }, 3),
    point(0, {}, 4),
  ]);
  expect(history.incomingRecordsPerSecond).toEqual([3]);
  expect(history.openShardCount).toEqual([3]);
});

test('a shard has a line over all periods, with gaps where it was not open', () => {
  const history = lines([point(0, {}), point(2, {})], {
    hottest: ['b', 'a'],
    shards: [
      { periodStartMs: T0, shardId: 'a', values: [50, 10, 3] },
      { periodStartMs: T0 + 10_000, shardId: 'b', values: [Number.NaN, 20] },
      { periodStartMs: T0 + 10_000, shardId: 'c', values: [1, 1, 1] },
    ],
  });
  expect(history.hottest).toEqual([
    {
      shardId: 'b',
      incomingBytesPerSecond: [null, null, null],
      incomingRecordsPerSecond: [null, null, 4],
      writeThrottledRecords: [null, null, null],
    },
    {
      shardId: 'a',
      incomingBytesPerSecond: [10, null, null],
      incomingRecordsPerSecond: [2, null, null],
      writeThrottledRecords: [3, null, null],
    },
  ]);
});
