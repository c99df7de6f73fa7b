import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { engineFixture, readShard, START_MS } from './engine-fixture.ts';

const streamName = 's';
const DAY_MS = 86_400_000;
const MIB = 1_048_576;

let engine: Engine;
let time: { nowMs: number };

beforeEach(() => {
  ({ engine, time } = engineFixture());
});

const put = (bytes: number) =>
  engine.putRecord({ streamName, partitionKey: 'k', data: new Uint8Array(bytes - 1) });

describe('encryption', () => {
  beforeEach(() => engine.createStream({ streamName, shardCount: 1 }));

  it('is of the records that came while it was on', () => {
    expect(put(10).encryptionType).toBeNull();
    time.nowMs += 1_000;
    engine.startStreamEncryption({ streamName, keyId: 'alias/aws/kinesis' });
    expect(engine.describeStreamSummary({ streamName }).encryptionKeyId).toBe('alias/aws/kinesis');
    expect(put(10).encryptionType).toBe('KMS');
    time.nowMs += 1_000;
    engine.stopStreamEncryption({ streamName, keyId: 'alias/aws/kinesis' });
    const { encryptionType } = engine.putRecords({
      streamName,
      records: [{ partitionKey: 'k', data: new Uint8Array(1) }],
    });
    expect(encryptionType).toBeNull();
    const records = readShard(engine, time, streamName, 'shardId-000000000000');
    expect(records.map((record) => record.encryptionType)).toEqual([null, 'KMS', null]);
  });

  it('can be started 25 times a day', () => {
    const start = () => engine.startStreamEncryption({ streamName, keyId: 'key' });
    for (let at = 0; at < 25; at += 1) {
      start();
    }
    expect(start).toThrow('25 times per rolling 24 hour');
    engine.stopStreamEncryption({ streamName, keyId: 'key' });
    time.nowMs += DAY_MS;
    start();
  });
});

describe('the maximum record size', () => {
  it('can be raised, and then lets a shard burst, which it pays back', () => {
    engine.createStream({ streamName, shardCount: 1 });
    expect(() => put(MIB + 1)).toThrow('less than or equal to 1048576');
    engine.updateMaxRecordSize({ streamName, maxRecordKiB: 10_240 });
    expect(engine.describeStreamSummary({ streamName }).maxRecordKiB).toBe(10_240);
    expect(() => put(10 * MIB + 1)).toThrow('less than or equal to 10485760');
    put(10 * MIB);
    time.nowMs += 9_000;
    expect(() => put(10)).toThrow('Rate exceeded');
    time.nowMs += 1_000;
    put(10);
    const shardIterator = engine.getShardIterator({
      streamName,
      shardId: 'shardId-000000000000',
      position: { type: 'TRIM_HORIZON' },
    });
    const { records } = engine.getRecords({ shardIterator });
    expect(records.map(({ data }) => data.length)).toEqual([10 * MIB - 1]);
  });

  it('can be given when a stream is made', () => {
    engine.createStream({ streamName, shardCount: 1, maxRecordKiB: 2_048 });
    const records = [10, 2 * MIB + 1].map((bytes) => ({
      partitionKey: 'k',
      data: new Uint8Array(bytes - 1),
    }));
    expect(() => engine.putRecords({ streamName, records })).toThrow("'records.2.member.data'");
    put(2 * MIB);
  });
});

describe('an account', () => {
  it('commits to throughput for a day at least', () => {
    const describeSettings = () => engine.describeAccountSettings();
    expect(describeSettings()).toMatchObject({ status: 'DISABLED', startedAtMs: null });
    engine.updateAccountSettings({ commitment: 'DISABLED' });
    expect(describeSettings().endedAtMs).toBeNull();
    engine.updateAccountSettings({ commitment: 'ENABLED' });
    expect(engine.updateAccountSettings({ commitment: 'DISABLED' })).toEqual({
      status: 'ENABLED_UNTIL_EARLIEST_ALLOWED_END',
      startedAtMs: START_MS,
      endedAtMs: null,
      earliestAllowedEndMs: START_MS + DAY_MS,
    });
    time.nowMs += DAY_MS - 1;
    expect(engine.updateAccountSettings({ commitment: 'ENABLED' }).status).toBe('ENABLED');
    time.nowMs += 1;
    expect(describeSettings().status).toBe('ENABLED');
    expect(engine.updateAccountSettings({ commitment: 'DISABLED' })).toMatchObject({
      status: 'DISABLED',
      endedAtMs: START_MS + DAY_MS,
    });
  });

  it('warms on-demand streams up only with that commitment', () => {
    engine.createStream({ streamName, mode: 'ON_DEMAND' });
    const warm = (warmMiBps: number) =>
      engine.updateStreamWarmThroughput({ streamName, warmMiBps });
    expect(() => warm(10)).toThrow('MinimumThroughputBillingCommitment');
    engine.updateAccountSettings({ commitment: 'ENABLED' });
    expect(warm(10).warmThroughput).toEqual({ targetMiBps: 10, currentMiBps: null });
    expect(engine.describeStreamSummary({ streamName })).toMatchObject({
      openShardCount: 10,
      warmThroughput: { targetMiBps: 10, currentMiBps: 10 },
    });
    expect(() => warm(10_241)).toThrow('cannot exceed 10240 MiBps');
    engine.createStream({ streamName: 'warm', mode: 'ON_DEMAND', warmMiBps: 6 });
    expect(engine.describeStreamSummary({ streamName: 'warm' }).openShardCount).toBe(6);
    engine.updateStreamMode({ streamName, mode: 'PROVISIONED' });
    expect(() => warm(10)).toThrow('only supported for streams in On-Demand mode');
    expect(engine.describeStreamSummary({ streamName }).warmThroughput).toBeNull();
    engine.updateStreamMode({ streamName, mode: 'ON_DEMAND', warmMiBps: 12 });
    expect(engine.describeStreamSummary({ streamName }).openShardCount).toBe(12);
  });
});
