import { expect, test } from 'vitest';
import { emptyShardValues, emptyStreamValues, shardValueIndex } from './frame.ts';
import type { ShardMetric } from './shard-metric.ts';
import { shardFigures, shardUse, tightestLimit } from './throughput.ts';

const SHARDS = 2;

function figuresOf(values: Partial<Record<ShardMetric, number>>, periodSeconds = 60) {
  const shards = emptyShardValues(SHARDS);
  for (const [metric, value] of Object.entries(values)) {
    shards[shardValueIndex(metric as ShardMetric, 1, SHARDS)] = value;
  }
  const stream = emptyStreamValues();
  return shardFigures(
    { periodStartMs: 0, periodSeconds, topologyId: 1, collectedAtMs: 0, stream, shards },
    1,
  );
}

test('rates are sums over the length of the period; counts and ages stay what they are', () => {
  const figures = figuresOf({
    IncomingBytes: 6_000,
    OutgoingRecords: 120,
    WriteProvisionedThroughputExceeded: 30,
    IteratorAgeMilliseconds: 1_500,
  });
  expect(figures.writeBytesPerSecond).toBe(100);
  expect(figures.readRecordsPerSecond).toBe(2);
  expect(figures.writeThrottledRecords).toBe(30);
  expect(figures.iteratorAgeMs).toBe(1_500);
  expect(figures.writeRecordsPerSecond).toBeNaN();
});

test('use is a share of what one shard takes: 1 MiB/s and 1,000 records/s in, 2 MiB/s out', () => {
  const use = shardUse(
    figuresOf({ IncomingBytes: 5 * 524_288, IncomingRecords: 5 * 250, OutgoingBytes: 0 }, 5),
  );
  expect(use).toEqual({ writeBytes: 0.5, writeRecords: 0.25, readBytes: 0 });
});

test('the tightest limit is the one that is used most, unknown ones aside', () => {
  expect(tightestLimit({ writeBytes: 0.2, writeRecords: 1.1, readBytes: 0.9 })).toEqual({
    limit: 'writeRecords',
    use: 1.1,
  });
  expect(tightestLimit({ writeBytes: Number.NaN, writeRecords: Number.NaN, readBytes: 0 })).toEqual(
    { limit: 'readBytes', use: 0 },
  );
  const unknown = { writeBytes: Number.NaN, writeRecords: Number.NaN, readBytes: Number.NaN };
  expect(tightestLimit(unknown)).toEqual({ limit: null, use: Number.NaN });
});
