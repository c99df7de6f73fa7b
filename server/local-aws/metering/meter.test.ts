import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { engineFixture, START_MS } from '#server/local-aws/engine/engine-fixture.ts';
import { KinesisMeter } from './meter.ts';
import { PUT_RECORDS_METRICS, WRITE_METRICS } from './metric-names.ts';
import type { ShardMeter } from './shard-meter.ts';
import type { StreamMeter } from './stream-meter.ts';

const PERIOD_MS = 5_000;
const HOUR_MS = 3_600_000;
const streamName = 's';
const shardId = 'shardId-000000000000';

function openMeter(maxBytes = 64 * 1_024 * 1_024) {
  const meter = new KinesisMeter({ basePeriodMs: PERIOD_MS, maxBytes });
  const stream = meter.openStream(streamName);
  return { meter, stream, shard: stream.shard(shardId) };
}

/** A put of one record. */
function put(stream: StreamMeter, shard: ShardMeter, nowMs: number, bytes: number): void {
  stream.noteWrite(shard, bytes, true);
  stream.recordPutRecord(nowMs, bytes, null, true);
}

describe('a series', () => {
  it('has the statistics of its samples, however they are merged into periods', () => {
    const samples = fc.array(
      fc.record({ atMs: fc.nat({ max: 20 * 60_000 }), bytes: fc.integer({ min: 1, max: 1_000 }) }),
    );
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 60 }), (unsorted, factor) => {
        const { meter, stream, shard } = openMeter();
        const sorted = unsorted.toSorted((a, b) => a.atMs - b.atMs);
        for (const { atMs, bytes } of sorted) {
          put(stream, shard, START_MS + atMs, bytes);
        }
        const periodMs = factor * PERIOD_MS;
        const points = meter.read(
          { streamName, shardId: null, metric: 'IncomingBytes' },
          START_MS - HOUR_MS,
          START_MS + HOUR_MS,
          periodMs,
        );
        const expected = new Map<number, number[]>();
        for (const { atMs, bytes } of sorted) {
          const startMs = Math.floor((START_MS + atMs) / periodMs) * periodMs;
          expected.set(startMs, [...(expected.get(startMs) ?? []), bytes]);
        }
        expect(points).toEqual(
          [...expected].map(([startMs, values]) => ({
            startMs,
            sum: values.reduce((sum, value) => sum + value, 0),
            sampleCount: values.length,
            minimum: Math.min(...values),
            maximum: Math.max(...values),
          })),
        );
      }),
    );
  });

  it('keeps the distribution of latencies, and none of calls without one', () => {
    const { meter, stream } = openMeter();
    const readLatency = (periodMs: number) =>
      meter.read(
        { streamName, shardId: null, metric: 'PutRecord.Latency' },
        START_MS,
        START_MS + HOUR_MS,
        periodMs,
      );
    stream.recordPutRecord(START_MS, 1, null, true);
    expect(readLatency(PERIOD_MS)).toEqual([]);
    stream.recordPutRecord(START_MS, 1, 3, true);
    stream.recordPutRecord(START_MS + PERIOD_MS, 1, 40, true);
    stream.recordPutRecord(START_MS + PERIOD_MS, 1, 40, true);
    const [point] = readLatency(2 * PERIOD_MS);
    expect(point).toMatchObject({ sum: 83, sampleCount: 3, minimum: 3, maximum: 40 });
    expect([...(point?.valueCounts ?? new Map()).values()]).toEqual([1, 2]);
  });

  it('has no datapoint for a period without samples, and only those of the window', () => {
    const { meter, stream, shard } = openMeter();
    for (const second of [0, 5, 20, 25]) {
      put(stream, shard, START_MS + second * 1_000, 1);
    }
    const points = meter.read(
      { streamName, shardId: null, metric: 'IncomingRecords' },
      START_MS + PERIOD_MS,
      START_MS + 25_000,
      PERIOD_MS,
    );
    expect(points.map(({ startMs }) => startMs - START_MS)).toEqual([5_000, 20_000]);
  });

  it('is read in multiples of the base period only', () => {
    const { meter } = openMeter();
    const series = { streamName, shardId: null, metric: 'IncomingBytes' };
    expect(() => meter.read(series, 0, 1, 7_000)).toThrow(RangeError);
    expect(() => meter.read(series, 0, 1, 0)).toThrow(RangeError);
  });

  it('is kept for two days, and for less where memory runs out', () => {
    for (const [maxBytes, keptHours] of [
      [64 * 1_024 * 1_024, 48],
      [40_000, 0],
    ] as const) {
      const { meter, stream, shard } = openMeter(maxBytes);
      for (let hour = 0; hour < 72; hour += 1) {
        put(stream, shard, START_MS + hour * HOUR_MS, 1);
      }
      const points = meter.read(
        { streamName, shardId: null, metric: 'IncomingRecords' },
        START_MS,
        START_MS + 72 * HOUR_MS,
        PERIOD_MS,
      );
      const oldest = ((points[0]?.startMs ?? 0) - START_MS) / HOUR_MS;
      expect(points.at(-1)?.startMs).toBe(START_MS + 71 * HOUR_MS);
      if (keptHours > 0) {
        expect(71 - oldest).toBeGreaterThanOrEqual(keptHours - 1);
        expect(71 - oldest).toBeLessThanOrEqual(keptHours);
      } else {
        expect(points.length).toBeLessThan(10);
      }
    }
  });
});

describe('what the engine counts', () => {
  let engine: Engine;
  let time: { nowMs: number };

  beforeEach(() => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 1 });
  });

  const put = (count: number) =>
    engine.putRecords({
      streamName,
      records: Array.from({ length: count }, () => ({
        partitionKey: 'k',
        data: new Uint8Array(99),
      })),
    });
  const read = (metric: string, shard: string | null = null) =>
    engine.meter.read(
      { streamName, shardId: shard, metric },
      START_MS,
      START_MS + HOUR_MS,
      PERIOD_MS,
    );

  it('has a 0 for throttles wherever something was accepted, and for bytes where nothing was', () => {
    put(400);
    expect(read('WriteProvisionedThroughputExceeded')).toEqual([
      { startMs: START_MS, sum: 0, sampleCount: 1, minimum: 0, maximum: 0 },
    ]);
    put(500);
    put(500);
    expect(read('IncomingRecords')[0]?.sum).toBe(1_000);
    expect(read('IncomingBytes')[0]).toMatchObject({
      sum: 100_000,
      minimum: 10_000,
      maximum: 50_000,
    });
    expect(read('WriteProvisionedThroughputExceeded')[0]?.sum).toBe(400);
    expect(read('PutRecords.ThrottledRecords')[0]).toMatchObject({
      sum: 400,
      sampleCount: 3,
      maximum: 400,
    });
    expect(read('PutRecords.SuccessfulRecords')[0]?.sum).toBe(1_000);
    expect(read('PutRecords.TotalRecords')[0]?.sum).toBe(1_400);
    expect(read('PutRecords.Success')[0]?.sum).toBe(3);
    expect(read('PutRecords.Bytes')[0]?.sum).toBe(100_000);
  });

  it('has one sample for each put, of the stream and of every shard that it wrote to', () => {
    engine.createStream({ streamName: 'two', shardCount: 2 });
    engine.enableEnhancedMonitoring({ streamName: 'two', shardLevelMetrics: ['ALL'] });
    const putTo = (shards: readonly (0 | 1)[]) =>
      engine.putRecords({
        streamName: 'two',
        records: shards.map((shard) => ({
          partitionKey: 'k',
          explicitHashKey: hashKey(BigInt(shard) * 2n ** 127n),
          data: new Uint8Array(99),
        })),
      });
    putTo([0]);
    putTo([0, 1, 0, 0]);
    putTo(Array.from({ length: 9 }, () => 1));
    const records = (shard: string | null) =>
      engine.meter.read(
        { streamName: 'two', shardId: shard, metric: 'IncomingRecords' },
        START_MS,
        START_MS + PERIOD_MS,
        PERIOD_MS,
      );
    const startMs = START_MS;
    expect(records(null)).toEqual([{ startMs, sum: 14, sampleCount: 3, minimum: 1, maximum: 9 }]);
    expect(records('shardId-000000000000')).toEqual([
      { startMs, sum: 4, sampleCount: 2, minimum: 1, maximum: 3 },
    ]);
    expect(records('shardId-000000000001')).toEqual([
      { startMs, sum: 10, sampleCount: 2, minimum: 1, maximum: 9 },
    ]);
  });

  it('names only series that exist', () => {
    expect(engine.meter.list({})).toEqual([]);
    put(1);
    const names = engine.meter.list({ streamName }).map(({ metric }) => metric);
    expect(names.sort()).toEqual([...WRITE_METRICS, ...PUT_RECORDS_METRICS].sort());
    expect(engine.meter.list({ metric: 'IncomingBytes' })).toEqual([
      { streamName, shardId: null, metric: 'IncomingBytes' },
    ]);
    expect(engine.meter.list({ streamName: 'other' })).toEqual([]);
  });

  it('has shard-level series only while they are switched on', () => {
    put(1);
    expect(read('IncomingRecords', shardId)).toEqual([]);
    time.nowMs += PERIOD_MS;
    engine.enableEnhancedMonitoring({ streamName, shardLevelMetrics: ['IncomingRecords'] });
    put(2);
    time.nowMs += PERIOD_MS;
    engine.enableEnhancedMonitoring({ streamName, shardLevelMetrics: ['ALL'] });
    put(3);
    time.nowMs += PERIOD_MS;
    const { desiredMetrics } = engine.disableEnhancedMonitoring({
      streamName,
      shardLevelMetrics: ['IncomingRecords'],
    });
    expect(desiredMetrics).toHaveLength(6);
    time.nowMs += PERIOD_MS;
    put(4);
    expect(read('IncomingRecords', shardId).map(({ sum }) => sum)).toEqual([2, 3]);
    expect(read('IncomingBytes', shardId).map(({ sum }) => sum)).toEqual([300, 400]);
    expect(read('IncomingRecords').map(({ sum }) => sum)).toEqual([1, 2, 3, 4]);
  });

  it('has an iterator age only for reads that were served', () => {
    engine.enableEnhancedMonitoring({ streamName, shardLevelMetrics: ['ALL'] });
    put(2);
    time.nowMs += 1_000;
    const shardIterator = engine.getShardIterator({
      streamName,
      shardId,
      position: { type: 'TRIM_HORIZON' },
    });
    engine.getRecords({ shardIterator, limit: 1 });
    expect(read('GetRecords.IteratorAgeMilliseconds')[0]).toMatchObject({
      sum: 1_000,
      maximum: 1_000,
    });
    expect(read('OutgoingRecords', shardId)[0]?.sum).toBe(1);
    expect(read('OutgoingBytes', shardId)[0]?.sum).toBe(100);

    time.nowMs = START_MS + PERIOD_MS;
    const calls = Array.from({ length: 8 }, () => {
      try {
        return engine.getRecords({ shardIterator, limit: 1 }).records.length;
      } catch {
        return 0;
      }
    });
    const served = calls.filter((records) => records > 0).length;
    expect(served).toBeLessThan(8);
    expect(read('ReadProvisionedThroughputExceeded', shardId)[1]).toMatchObject({
      sum: 8 - served,
      sampleCount: 8,
    });
    expect(read('GetRecords.Success')[1]).toMatchObject({ sum: served, sampleCount: 8 });
    expect(read('IteratorAgeMilliseconds', shardId)[1]?.sampleCount).toBe(served);
  });

  it('outlives the stream', () => {
    put(5);
    engine.deleteStream({ streamName });
    expect(engine.listStreams().streams).toEqual([]);
    expect(read('IncomingRecords')[0]?.sum).toBe(5);
    time.nowMs += PERIOD_MS;
    engine.createStream({ streamName, shardCount: 1 });
    put(1);
    expect(read('IncomingRecords').map(({ sum }) => sum)).toEqual([5, 1]);
  });
});
