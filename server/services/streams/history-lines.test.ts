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
  historyLines({
    streamId: 1,
    periodSeconds: 5,
    partialSeconds: null,
    stream,
    hottest: [],
    shards: [],
    ...over,
  });

test('nothing read, no points', () => {
  expect(lines([])).toMatchObject({
    periodStartMs: [],
    stream: { incomingBytesPerSecond: [], openShardCount: [] },
    hottest: [],
  });
});

test('every period between the first and the last has a place, in order', () => {
  const history = lines([point(3, { IncomingBytes: 50 }), point(0, { IncomingBytes: 10 })]);
  expect(history.periodStartMs).toEqual([0, 1, 2, 3].map((i) => T0 + i * 5_000));
  expect(history.stream.incomingBytesPerSecond).toEqual([2, null, null, 10]);
  expect(history.stream.openShardCount).toEqual([2, null, null, 2]);
});

test('a silent period that was read has shards but no figures, and zero is zero', () => {
  const history = lines([point(0, {}), point(1, { WriteProvisionedThroughputExceeded: 0 })]);
  expect(history.stream.writeThrottledRecords).toEqual([null, 0]);
  expect(history.stream.openShardCount).toEqual([2, 2]);
});

test('the frames of one period are added up, and the topology in force counts the shards', () => {
  const history = lines([
    point(0, { IncomingRecords: 10 }, 2),
    point(0, { IncomingRecords: 5 }, 3),
    point(0, {}, 4),
  ]);
  expect(history.stream.incomingRecordsPerSecond).toEqual([3]);
  expect(history.stream.openShardCount).toEqual([3]);
});

test('a shard has a line over all periods, with gaps where it was not open', () => {
  const history = lines([point(0, {}), point(2, {})], {
    hottest: ['b', 'a'],
    shards: [
      { periodStartMs: T0, shardId: 'a', values: [50, 10, 3] },
      { periodStartMs: T0 + 10_000, shardId: 'b', values: [Number.NaN, 20] },
      { periodStartMs: T0 + 10_000, shardId: 'c', values: [1, 1, 1] },
      { periodStartMs: T0 + 60_000, shardId: 'a', values: [1, 1, 1] },
    ],
  });
  expect(
    history.hottest.map(({ shardId, lines: of }) => [shardId, of.writeBytesPerSecond]),
  ).toEqual([
    ['b', [null, null, null]],
    ['a', [10, null, null]],
  ]);
  expect(history.hottest.map(({ lines: of }) => of.writeRecordsPerSecond)).toEqual([
    [null, null, 4],
    [2, null, null],
  ]);
  expect(history.hottest[1]?.lines.writeThrottledRecords).toEqual([3, null, null]);
});

test('the beginning of a period that is not over is gathered from shorter ones, by its own length', () => {
  const minute = { ...point(0, { IncomingBytes: 600, WriteProvisionedThroughputExceeded: 4 }) };
  const seconds = [12, 13, 14].map((period) =>
    point(period, {
      IncomingBytes: 100,
      WriteProvisionedThroughputExceeded: 2,
      'PutRecords.Latency:Sum': period,
      'PutRecords.Latency:SampleCount': 1,
    }),
  );
  const history = lines([minute, ...seconds], {
    periodSeconds: 60,
    partialSeconds: 15,
    hottest: ['a'],
    shards: seconds.map(({ periodStartMs }) => ({ periodStartMs, shardId: 'a', values: [50] })),
  });
  expect(history.periodStartMs).toEqual([T0, T0 + 60_000]);
  expect(history.stream.incomingBytesPerSecond).toEqual([10, 20]);
  expect(history.stream.writeThrottledRecords).toEqual([4, 6]);
  expect(history.stream.putRecordsLatencyMs).toEqual([null, 13]);
  expect(history.hottest[0]?.lines.writeBytesPerSecond).toEqual([null, 10]);
});
