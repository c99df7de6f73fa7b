import { beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Engine } from './engine.ts';
import { engineFixture, readShard, START_MS } from './engine-fixture.ts';
import type { ShardPosition } from './operations/get-shard-iterator.ts';

const streamName = 's';
const shardId = 'shardId-000000000000';
const HOUR_MS = 3_600_000;

let engine: Engine;
let time: { nowMs: number };

beforeEach(() => {
  ({ engine, time } = engineFixture());
  engine.createStream({ streamName, shardCount: 1 });
});

function put(key: string) {
  return engine.putRecord({ streamName, partitionKey: key, data: Buffer.from(key) });
}

/** Keys that a reader gets from this position on. */
function keysFrom(position: ShardPosition): readonly string[] {
  const shardIterator = engine.getShardIterator({ streamName, shardId, position });
  put('later');
  const { records } = engine.getRecords({ shardIterator });
  return records.map(({ partitionKey }) => partitionKey);
}

describe('shard iterators', () => {
  it('begin where their type says', () => {
    put('a');
    time.nowMs += 1_000;
    const { sequenceNumber } = put('b');
    time.nowMs += 1_000;
    put('c');
    expect(keysFrom({ type: 'TRIM_HORIZON' })).toEqual(['a', 'b', 'c', 'later']);
    time.nowMs += 1_000;
    expect(keysFrom({ type: 'AT_SEQUENCE_NUMBER', sequenceNumber })[0]).toBe('b');
    time.nowMs += 1_000;
    expect(keysFrom({ type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber })[0]).toBe('c');
    time.nowMs += 1_000;
    expect(keysFrom({ type: 'AT_TIMESTAMP', timestampMs: START_MS + 1 })[0]).toBe('b');
    expect(keysFrom({ type: 'AT_TIMESTAMP', timestampMs: 0 })[0]).toBe('a');
    time.nowMs += 1_000;
    expect(keysFrom({ type: 'LATEST' })).toEqual(['later']);
  });

  it('take the starting sequence number of a shard for its beginning', () => {
    put('a');
    const [shard] = engine.listShards({ streamName }).shards;
    const sequenceNumber = shard?.startingSequenceNumber ?? put('never').sequenceNumber;
    expect(keysFrom({ type: 'AT_SEQUENCE_NUMBER', sequenceNumber })).toEqual(['a', 'later']);
    expect(keysFrom({ type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber })[0]).toBe('a');
  });

  it('are refused for numbers of other shards and streams, and for times to come', () => {
    engine.createStream({ streamName: 'other', shardCount: 2 });
    const right = engine.listShards({ streamName: 'other' }).shards[1];
    const foreign = right?.startingSequenceNumber ?? put('never').sequenceNumber;
    expect(() => keysFrom({ type: 'AT_SEQUENCE_NUMBER', sequenceNumber: foreign })).toThrow(
      'It encodes shardId-000000000001, while it was used in a call to a shard with',
    );
    const bad = parseSequenceNumber('17') ?? foreign;
    expect(() => keysFrom({ type: 'AT_SEQUENCE_NUMBER', sequenceNumber: bad })).toThrow(
      'is invalid because it did not come from this stream',
    );
    expect(() => keysFrom({ type: 'AT_TIMESTAMP', timestampMs: time.nowMs + 1 })).toThrow(
      'cannot be greater than the currentTimestampInMillis',
    );
  });

  it('die with their stream, even if another takes its name', () => {
    const shardIterator = engine.getShardIterator({
      streamName,
      shardId,
      position: { type: 'TRIM_HORIZON' },
    });
    engine.deleteStream({ streamName });
    time.nowMs += 1_000;
    engine.createStream({ streamName, shardCount: 1 });
    expect(() => engine.getRecords({ shardIterator })).toThrow('Stream s under account');
  });
});

describe('GetRecords', () => {
  const fromStart = () =>
    engine.getShardIterator({ streamName, shardId, position: { type: 'TRIM_HORIZON' } });

  it('is behind by the age of the last record read while others wait, and by 0 at the tip', () => {
    put('a');
    time.nowMs += 10_000;
    put('b');
    time.nowMs += 5_000;
    const first = engine.getRecords({ shardIterator: fromStart(), limit: 1 });
    expect(first.millisBehindLatest).toBe(15_000);
    const second = engine.getRecords({ shardIterator: first.nextShardIterator ?? '' });
    expect(second.records.map(({ partitionKey }) => partitionKey)).toEqual(['b']);
    expect(second.millisBehindLatest).toBe(0);
    const third = engine.getRecords({ shardIterator: second.nextShardIterator ?? '' });
    expect(third.records).toEqual([]);
    expect(third.nextShardIterator).not.toBeNull();
  });

  it('names the children at the end of a closed shard, and only there', () => {
    put('a');
    put('b');
    const newStartingHashKey = hashKey(2n ** 127n);
    engine.splitShard({ streamName, shardToSplit: shardId, newStartingHashKey });
    const first = engine.getRecords({ shardIterator: fromStart(), limit: 1 });
    expect(first.childShards).toEqual([]);
    const last = engine.getRecords({ shardIterator: first.nextShardIterator ?? '' });
    expect(last.nextShardIterator).toBeNull();
    expect(last.millisBehindLatest).toBe(0);
    expect(last.childShards).toEqual([
      {
        shardId: 'shardId-000000000001',
        parentShardIds: [shardId],
        range: { start: 0n, end: 2n ** 127n - 1n },
      },
      {
        shardId: 'shardId-000000000002',
        parentShardIds: [shardId],
        range: { start: 2n ** 127n, end: 2n ** 128n - 1n },
      },
    ]);
  });

  it('hides what retention has passed', () => {
    put('old');
    time.nowMs += 20 * HOUR_MS;
    put('young');
    time.nowMs += 5 * HOUR_MS;
    expect(
      readShard(engine, time, streamName, shardId).map((record) => record.partitionKey),
    ).toEqual(['young']);
    engine.increaseRetention({ streamName, retentionHours: 48 });
    put('youngest');
    engine.decreaseRetention({ streamName, retentionHours: 24 });
    time.nowMs += 20 * HOUR_MS;
    expect(
      readShard(engine, time, streamName, shardId).map((record) => record.partitionKey),
    ).toEqual(['youngest']);
  });
});
