import { describe, expect, it } from 'vitest';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { engineFixture, START_MS } from './engine-fixture.ts';
import { KinesisError } from './kinesis-error.ts';

const streamName = 's';

/** Puts records of `bytes` (key included) at `perSecond` for ten seconds, `perCall` in a call. */
function putTenSeconds(bytes: number, perSecond: number, perCall: number, phaseMs: number) {
  const { engine, time } = engineFixture();
  engine.createStream({ streamName, shardCount: 1 });
  time.nowMs += phaseMs;
  const fromMs = time.nowMs;
  const record = { partitionKey: 'k', data: new Uint8Array(bytes - 1) };
  const records = Array.from({ length: perCall }, () => record);
  let accepted = 0;
  let throttled = 0;
  for (let call = 0; call * perCall < perSecond * 10; call += 1) {
    time.nowMs = fromMs + Math.floor((call * perCall * 1_000) / perSecond);
    const { failedRecordCount } = engine.putRecords({ streamName, records });
    throttled += failedRecordCount;
    accepted += perCall - failedRecordCount;
  }
  const metric = (name: string) =>
    engine.meter
      .read({ streamName, shardId: null, metric: name }, fromMs - 60_000, fromMs + 60_000, 5_000)
      .reduce((sum, point) => sum + point.sum, 0);
  return { accepted, throttled, metric };
}

describe('the write limits of a shard', () => {
  it.each([
    { perCall: 1, phaseMs: 0 },
    { perCall: 25, phaseMs: 333 },
    { perCall: 500, phaseMs: 0 },
    { perCall: 500, phaseMs: 777 },
  ])('accept ten seconds of records at twice the limit: %o', ({ perCall, phaseMs }) => {
    const limit = SHARD_LIMITS.writeRecordsPerSecondMax;
    const { accepted, throttled, metric } = putTenSeconds(100, limit * 2, perCall, phaseMs);
    expect(accepted).toBeGreaterThanOrEqual(limit * 10 * 0.95);
    expect(accepted).toBeLessThanOrEqual(limit * 10 * 1.05);
    expect(metric('IncomingRecords')).toBe(accepted);
    expect(metric('WriteProvisionedThroughputExceeded')).toBe(throttled);
  });

  it.each([
    { bytes: 2_048, perCall: 1, phaseMs: 0 },
    { bytes: 10_000, perCall: 50, phaseMs: 140 },
    { bytes: 100_000, perCall: 1, phaseMs: 900 },
    { bytes: 400_000, perCall: 2, phaseMs: 0 },
  ])('accept ten seconds of bytes at twice the limit: %o', ({ bytes, perCall, phaseMs }) => {
    const limit = SHARD_LIMITS.writeBytesPerSecondMax;
    const perSecond = (limit * 2) / bytes;
    const { accepted, metric } = putTenSeconds(bytes, perSecond, perCall, phaseMs);
    expect(accepted * bytes).toBeGreaterThanOrEqual(limit * 10 * 0.95);
    expect(accepted * bytes).toBeLessThanOrEqual(limit * 10 * 1.05);
    expect(metric('IncomingBytes')).toBe(accepted * bytes);
  });

  it('accept everything at the limit', () => {
    const limit = SHARD_LIMITS.writeRecordsPerSecondMax;
    expect(putTenSeconds(1_000, limit, 500, 250).throttled).toBe(0);
  });

  it('accept one record of 1 MiB a second', () => {
    const { accepted } = putTenSeconds(1_048_576, 2, 1, 0);
    expect(accepted).toBe(10);
  });

  it('can be scaled and switched off', () => {
    for (const [limitScale, expected] of [
      [0.1, 100],
      [null, 500],
    ] as const) {
      const { engine } = engineFixture({ limitScale });
      engine.createStream({ streamName, shardCount: 1 });
      const record = { partitionKey: 'k', data: new Uint8Array(10) };
      const { failedRecordCount } = engine.putRecords({
        streamName,
        records: Array.from({ length: 500 }, () => record),
      });
      expect(500 - failedRecordCount).toBe(expected);
    }
  });

  it('are those of each shard by itself', () => {
    const { engine } = engineFixture();
    engine.createStream({ streamName, shardCount: 2 });
    const [left, right] = engine.listShards({ streamName }).shards;
    const records = (start = left?.range.start) =>
      Array.from({ length: 500 }, () => ({
        partitionKey: 'k',
        explicitHashKey: start,
        data: new Uint8Array(1),
      }));
    engine.putRecords({ streamName, records: records() });
    engine.putRecords({ streamName, records: records() });
    expect(engine.putRecords({ streamName, records: records() }).failedRecordCount).toBe(500);
    const other = engine.putRecords({ streamName, records: records(right?.range.start) });
    expect(other.failedRecordCount).toBe(0);
  });
});

describe('the read limits of a shard', () => {
  /** A shard of 40 MiB, and an iterator at its beginning. */
  function filledShard() {
    const { engine, time } = engineFixture();
    engine.createStream({ streamName, shardCount: 1 });
    const record = { partitionKey: 'k', data: new Uint8Array(8_191) };
    const records = Array.from({ length: 128 }, () => record);
    for (let second = 0; second < 40; second += 1) {
      expect(engine.putRecords({ streamName, records }).failedRecordCount).toBe(0);
      time.nowMs += 1_000;
    }
    const [shard] = engine.listShards({ streamName }).shards;
    const shardIterator = engine.getShardIterator({
      streamName,
      shardId: shard?.shardId ?? '',
      position: { type: 'TRIM_HORIZON' },
    });
    return { engine, time, shardIterator };
  }

  /** Reads from one iterator on, `perSecond` calls of `limit` records for ten seconds. */
  function readTenSeconds(perSecond: number, limit: number) {
    const { engine, time, shardIterator } = filledShard();
    const fromMs = time.nowMs;
    let iterator = shardIterator;
    let calls = 0;
    let bytes = 0;
    let throttles = 0;
    for (let call = 0; call < perSecond * 10; call += 1) {
      time.nowMs = fromMs + Math.floor((call * 1_000) / perSecond);
      try {
        const answer = engine.getRecords({ shardIterator: iterator, limit });
        calls += 1;
        bytes += answer.records.reduce((sum, { data }) => sum + data.length + 1, 0);
        iterator = answer.nextShardIterator ?? iterator;
      } catch (error) {
        expect(error).toBeInstanceOf(KinesisError);
        expect(error).toMatchObject({ code: 'ProvisionedThroughputExceededException' });
        throttles += 1;
      }
    }
    const counted = engine.meter
      .read(
        { streamName, shardId: null, metric: 'ReadProvisionedThroughputExceeded' },
        START_MS,
        time.nowMs + 60_000,
        5_000,
      )
      .reduce((sum, point) => sum + point.sum, 0);
    expect(counted).toBe(throttles);
    return { calls, bytes };
  }

  it('serve five calls a second', () => {
    const { calls } = readTenSeconds(10, 1);
    expect(calls).toBeGreaterThanOrEqual(50);
    expect(calls).toBeLessThanOrEqual(52);
  });

  it('serve ten seconds of bytes at twice the limit', () => {
    const { bytes } = readTenSeconds(5, 103);
    const limit = SHARD_LIMITS.readBytesPerSecondMax;
    expect(bytes).toBeGreaterThanOrEqual(limit * 10 * 0.95);
    expect(bytes).toBeLessThanOrEqual(limit * 10 * 1.05);
  });

  it('answer 10 MiB at once, and then nothing for 5 s', () => {
    const { engine, time, shardIterator } = filledShard();
    const first = engine.getRecords({ shardIterator });
    expect(first.records).toHaveLength(1_280);
    const again = () =>
      engine.getRecords({ shardIterator: first.nextShardIterator ?? '' }).records.length;
    time.nowMs += 4_900;
    expect(again).toThrow('Rate exceeded for shard shardId-000000000000 in stream s');
    time.nowMs += 100;
    expect(again()).toBe(1_280);
  });
});
