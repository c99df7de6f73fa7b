import { describe, expect, test } from 'vitest';
import {
  emptyShardValues,
  emptyStreamValues,
  type Frame,
  shardValueIndex,
} from '#lib/domain/frame.ts';
import { SHARD_METRICS, type ShardMetric, STREAM_METRICS } from '#lib/domain/shard-metric.ts';
import { unpackPercents } from '#lib/live/mini-strip.ts';
import type { StoredStream } from '#server/db/read/current-streams.ts';
import { openShards } from '#server/services/testing/seed.ts';
import { streamRow } from './stream-row.ts';
import { MINI_STRIP_COLUMNS, topologyShape } from './topology-shape.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const MEBIBYTE = 1_048_576;

const stream: StoredStream = {
  id: 1,
  connection: 'main',
  arn: 'arn:aws:kinesis:eu-central-1:000000000000:stream/tweets',
  createdAtMs: 1,
  name: 'tweets',
  status: 'ACTIVE',
  mode: 'PROVISIONED',
  openShardCount: 4,
  consumerCount: 0,
  retentionHours: 24,
  encryption: 'NONE',
  shardMetrics: [...SHARD_METRICS],
  topologyId: 7,
  collectedAt: new Date(NOW - 1_000),
  cadenceSeconds: 5,
  wantedCadenceSeconds: null,
  metricsPerReading: null,
  failure: null,
  goneAt: null,
  changedAt: new Date(NOW),
};

const shapeOf = (shardCount: number) =>
  topologyShape({
    topologyId: 7,
    streamId: 1,
    observedAtMs: NOW,
    shards: openShards(shardCount, 0),
  });

function frameOf(
  shardCount: number,
  values: { readonly [M in ShardMetric]?: readonly number[] },
  own: { readonly [M in (typeof STREAM_METRICS)[number]]?: number } = {},
): Frame {
  const shards = emptyShardValues(shardCount);
  for (const metric of SHARD_METRICS) {
    for (const [place, value] of (values[metric] ?? []).entries()) {
      shards[shardValueIndex(metric, place, shardCount)] = value;
    }
  }
  return {
    periodStartMs: NOW - 5_000,
    periodSeconds: 5,
    topologyId: 7,
    collectedAtMs: NOW - 1_000,
    stream: emptyStreamValues().map(
      (value, i) => own[STREAM_METRICS[i] ?? 'IncomingBytes'] ?? value,
    ),
    shards,
  };
}

describe('the hottest shard', () => {
  test('is the one nearest to any of its limits, not the one with most bytes', () => {
    const frame = frameOf(4, {
      IncomingBytes: [0.5 * 5 * MEBIBYTE, 0, 0, 0],
      IncomingRecords: [10, 4_500, 0, 0],
      OutgoingBytes: [0, 0, 2 * 5 * MEBIBYTE * 0.7, 0],
    });
    expect(streamRow(stream, shapeOf(4), frame, NOW).hottest).toEqual({
      shardId: 'shardId-000000000001',
      limit: 'writeRecords',
      use: 0.9,
    });
  });

  test('is one that refuses records, though another is busier over the period', () => {
    const frame = frameOf(4, {
      IncomingRecords: [1_000, 2_000, 1_500, 2_500],
      WriteProvisionedThroughputExceeded: [0, 7, 900, 0],
    });
    const row = streamRow(stream, shapeOf(4), frame, NOW);
    expect(row.hottest).toEqual({
      shardId: 'shardId-000000000001',
      limit: 'writeRecords',
      use: 0.4,
    });
    expect(row.refusingShardIds).toEqual(['shardId-000000000002']);
  });

  test('is unknown where no shard has a datapoint', () => {
    const row = streamRow(stream, shapeOf(4), frameOf(4, {}), NOW);
    expect(row.hottest).toBeNull();
    expect(new Set(unpackPercents(row.miniStrip?.use ?? ''))).toEqual(new Set([255]));
  });
});

describe('the strip in small', () => {
  test('has each shard over the columns of its range', () => {
    const frame = frameOf(4, { IncomingRecords: [500, 1_000, 2_500, 5_000] });
    const use = unpackPercents(streamRow(stream, shapeOf(4), frame, NOW).miniStrip?.use ?? '');
    expect(use).toHaveLength(MINI_STRIP_COLUMNS);
    expect([use[0], use[23], use[24], use[47], use[48], use[72], use[95]]).toEqual([
      10, 10, 20, 20, 50, 100, 100,
    ]);
  });

  test('keeps the worst of many shards in a column, and who is throttled', () => {
    const count = MINI_STRIP_COLUMNS * 10;
    const records = Array.from({ length: count }, () => 50);
    const throttled = Array.from({ length: count }, () => 0);
    records[25] = 4_000;
    throttled[31] = 3;
    const frame = frameOf(count, {
      IncomingRecords: records,
      WriteProvisionedThroughputExceeded: throttled,
    });
    const strip = streamRow(stream, shapeOf(count), frame, NOW).miniStrip;
    expect(unpackPercents(strip?.use ?? '').slice(1, 5)).toEqual([1, 80, 1, 1]);
    expect(strip?.throttled).toEqual([3]);
  });

  test('hatches a shard that refuses calls of GetRecords too, as the large one does', () => {
    const frame = frameOf(4, { ReadProvisionedThroughputExceeded: [0, 0, 0, 2] });
    const columns = streamRow(stream, shapeOf(4), frame, NOW).miniStrip?.throttled;
    expect([columns?.[0], columns?.length]).toEqual([72, 24]);
  });

  test('says unknown as unknown beside known ones, and stops at 254', () => {
    const frame = frameOf(4, { IncomingRecords: [Number.NaN, 50_000, 0, Number.NaN] });
    const use = unpackPercents(streamRow(stream, shapeOf(4), frame, NOW).miniStrip?.use ?? '');
    expect([use[0], use[30], use[50], use[95]]).toEqual([255, 254, 0, 255]);
  });
});

describe('figures', () => {
  test('are rates of the period, but for counts and ages; a missing one is null', () => {
    const frame = frameOf(
      4,
      {},
      {
        IncomingBytes: 500,
        'GetRecords.Records': 20,
        WriteProvisionedThroughputExceeded: 12,
        'GetRecords.IteratorAgeMilliseconds': 700,
      },
    );
    expect(streamRow(stream, shapeOf(4), frame, NOW).rates).toEqual({
      incomingBytesPerSecond: 100,
      incomingRecordsPerSecond: null,
      outgoingBytesPerSecond: null,
      outgoingRecordsPerSecond: 4,
      writeThrottledRecords: 12,
      readThrottledCalls: null,
      iteratorAgeMs: 700,
    });
  });

  test('of another topology than the one in force are none', () => {
    const row = streamRow({ ...stream, topologyId: 8 }, shapeOf(4), frameOf(4, {}), NOW);
    expect(row).toMatchObject({ period: null, rates: null, hottest: null, miniStrip: null });
  });

  test('of the stream stay where shard-level metrics are off', () => {
    const frame = { ...frameOf(4, {}, { IncomingBytes: 500 }), shards: new Float32Array() };
    const row = streamRow({ ...stream, shardMetrics: [] }, shapeOf(4), frame, NOW);
    expect(row).toMatchObject({
      shardMetricsOn: false,
      rates: { incomingBytesPerSecond: 100 },
      hottest: null,
      miniStrip: null,
    });
  });
});

test('health is judged on the age of the figures', () => {
  const frame = frameOf(4, {}, { WriteProvisionedThroughputExceeded: 12 });
  const at = (nowMs: number) => streamRow(stream, shapeOf(4), frame, nowMs).health.level;
  expect(at(NOW)).toBe('critical');
  expect(at(NOW + 60_000)).toBe('unknown');
});
