import { beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { decodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { isOpen, shardIdOf } from '#lib/domain/shard.ts';
import type { Engine } from './engine.ts';
import { engineFixture, START_MS } from './engine-fixture.ts';

const streamName = 's';
const TRANSITION_MS = 2_000;
const HOUR_MS = 3_600_000;

let engine: Engine;
let time: { nowMs: number };

beforeEach(() => {
  ({ engine, time } = engineFixture({ transitionMs: TRANSITION_MS }));
});

const status = () => engine.describeStreamSummary({ streamName }).status;
const settle = () => {
  time.nowMs += TRANSITION_MS;
};
const split = (index: number, newStart: bigint) =>
  engine.splitShard({
    streamName,
    shardToSplit: shardIdOf(index),
    newStartingHashKey: hashKey(newStart),
  });
const put = () => engine.putRecord({ streamName, partitionKey: 'k', data: new Uint8Array(1) });

describe('a stream', () => {
  it('goes through CREATING, UPDATING and DELETING in its own time', () => {
    engine.createStream({ streamName, shardCount: 1 });
    expect(status()).toBe('CREATING');
    expect(put).toThrow('not found');
    expect(() => engine.listShards({ streamName })).toThrow('instead in state CREATING');
    expect(engine.describeStream({ streamName }).shards).toEqual([]);
    time.nowMs += TRANSITION_MS - 1;
    expect(status()).toBe('CREATING');
    time.nowMs += 1;
    expect(status()).toBe('ACTIVE');

    split(0, 2n ** 127n);
    expect(status()).toBe('UPDATING');
    expect(put().shardId).toBe(shardIdOf(0));
    expect(() => split(0, 2n ** 126n)).toThrow('not ACTIVE, instead in state UPDATING');
    settle();
    expect(status()).toBe('ACTIVE');
    expect(put().shardId).not.toBe(shardIdOf(0));

    engine.deleteStream({ streamName });
    expect(status()).toBe('DELETING');
    expect(put).toThrow('not found');
    expect(() => engine.createStream({ streamName, shardCount: 1 })).toThrow('already exists');
    settle();
    expect(status).toThrow('Stream s under account 000000000000 not found.');
  });

  it('refuses to reshard a closed shard, or to cut beyond the ring', () => {
    engine.createStream({ streamName, shardCount: 2 });
    settle();
    split(0, 2n ** 126n);
    settle();
    const refusal = expect.objectContaining({
      code: 'InvalidArgumentException',
      message: expect.stringContaining('has already been merged or split'),
    });
    expect(() => split(0, 2n ** 125n)).toThrow(refusal);
    expect(() =>
      engine.mergeShards({
        streamName,
        shardToMerge: shardIdOf(0),
        adjacentShardToMerge: shardIdOf(1),
      }),
    ).toThrow(refusal);
    for (const newStartingHashKey of [-1n, 2n ** 128n, 10n ** 39n - 1n]) {
      expect(() =>
        engine.splitShard({ streamName, shardToSplit: shardIdOf(1), newStartingHashKey }),
      ).toThrow(
        expect.objectContaining({
          code: 'InvalidArgumentException',
          message: expect.stringContaining(
            `NewStartingHashKey ${newStartingHashKey} used in SplitShard() on shard shardId-000000000001`,
          ),
        }),
      );
    }
  });

  it('closes a parent and opens its children at the instant at which the change is done', () => {
    engine.createStream({ streamName, shardCount: 1 });
    settle();
    split(0, 2n ** 127n);
    // Nobody looks for a long time: the change was done long before.
    time.nowMs += 60_000;
    const [parent, child] = engine.listShards({ streamName }).shards;
    const doneSeconds = (START_MS + 2 * TRANSITION_MS) / 1_000;
    const ending = parent?.endingSequenceNumber;
    expect(ending && decodeSequenceNumber(ending)?.recordSeconds).toBe(doneSeconds);
    expect(child && decodeSequenceNumber(child.startingSequenceNumber)).toMatchObject({
      shardIndex: 1,
      shardCreatedSeconds: doneSeconds,
    });
  });

  it('is named by ARN as well, and both have to agree', () => {
    engine.createStream({ streamName, shardCount: 1 });
    const { streamArn } = engine.describeStreamSummary({ streamName });
    expect(streamArn).toBe('arn:aws:kinesis:us-east-1:000000000000:stream/s');
    expect(engine.describeStreamSummary({ streamArn }).streamName).toBe('s');
    expect(() => engine.describeStreamSummary({ streamArn, streamName: 't' })).toThrow(
      'does not match',
    );
    expect(() =>
      engine.describeStreamSummary({ streamArn: streamArn.replace('us-east-1', 'eu-west-1') }),
    ).toThrow('not found');
    expect(() => engine.describeStreamSummary({})).toThrow('Missing StreamName or StreamARN');
  });
});

describe('shards', () => {
  beforeEach(() => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 2 });
  });

  it('are merged left with right, and not in another way', () => {
    const merge = (left: number, right: number) =>
      engine.mergeShards({
        streamName,
        shardToMerge: shardIdOf(left),
        adjacentShardToMerge: shardIdOf(right),
      });
    expect(() => merge(1, 0)).toThrow('are not an adjacent pair of shards');
    expect(() => merge(0, 7)).toThrow('Could not find shard shardId-000000000007');
    merge(0, 1);
    expect(engine.listShards({ streamName }).shards[2]).toMatchObject({
      shardId: shardIdOf(2),
      parentShardId: shardIdOf(0),
      adjacentParentShardId: shardIdOf(1),
      endingSequenceNumber: null,
    });
    expect(() => merge(0, 1)).toThrow('has already been merged or split');
  });

  it('are split only where both children keep two keys', () => {
    expect(() => split(0, 1n)).toThrow('is not both greater than one plus the shard');
    expect(() => split(0, 2n ** 127n - 1n)).toThrow('less than the shard');
    split(0, 2n);
    expect(engine.describeStreamSummary({ streamName }).openShardCount).toBe(3);
  });

  it('are gone when retention has passed them', () => {
    split(0, 2n ** 126n);
    time.nowMs += 24 * HOUR_MS;
    expect(engine.listShards({ streamName }).shards).toHaveLength(4);
    time.nowMs += 1;
    const { shards } = engine.listShards({ streamName });
    expect(shards.map(({ shardId }) => shardId)).toEqual([1, 2, 3].map(shardIdOf));
    expect(shards.every(isOpen)).toBe(true);
  });

  it('are those of an on-demand stream to choose', () => {
    const { streamArn } = engine.describeStreamSummary({ streamName });
    engine.updateStreamMode({ streamArn, mode: 'ON_DEMAND' });
    expect(() => split(0, 2n ** 126n)).toThrow('is in On-Demand mode');
    expect(() => engine.updateShardCount({ streamName, targetShardCount: 4 })).toThrow(
      'is in On-Demand mode',
    );
    engine.createStream({ streamName: 'od', mode: 'ON_DEMAND' });
    expect(engine.describeStreamSummary({ streamName: 'od' }).openShardCount).toBe(4);
  });
});

describe('UpdateShardCount', () => {
  const scale = (targetShardCount: number) =>
    engine.updateShardCount({ streamName, targetShardCount });

  beforeEach(() => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 4 });
  });

  it('goes to the double and to the half at most', () => {
    expect(() => scale(9)).toThrow('cannot scale up over double your current open shard count');
    expect(() => scale(1)).toThrow('cannot scale down below half your current open shard count');
    expect(scale(8)).toMatchObject({ currentShardCount: 4, targetShardCount: 8 });
    scale(4);
    scale(2);
  });

  it('can be called ten times in a rolling day', () => {
    for (let i = 0; i < 10; i += 1) {
      scale(i % 2 === 0 ? 5 : 4);
      time.nowMs += HOUR_MS;
    }
    expect(() => scale(5)).toThrow('10 times per rolling 24 hour period');
    time.nowMs += 14 * HOUR_MS + 1;
    scale(5);
  });

  it('leaves the short-lived shards of AWS in the lineage', () => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 2 });
    scale(3);
    const { shards } = engine.listShards({ streamName });
    // Two splits, and one merge over the old boundary.
    expect(shards).toHaveLength(2 + 2 * 2 + 1);
    const middle = shards.filter((shard) => shard.adjacentParentShardId !== null);
    expect(middle).toHaveLength(1);
    expect(shards.filter(isOpen)).toHaveLength(3);
  });

  it('counts against the quota of the account', () => {
    ({ engine, time } = engineFixture({ shardLimit: 6 }));
    engine.createStream({ streamName, shardCount: 4 });
    expect(() => scale(7)).toThrow('would exceed the shard limit');
    scale(6);
    expect(engine.describeLimits()).toMatchObject({ shardLimit: 6, openShardCount: 6 });
    expect(() => engine.createStream({ streamName: 't', shardCount: 1 })).toThrow('Limit: 6');
  });
});

describe('ListShards', () => {
  const ids = (...indexes: number[]) => indexes.map(shardIdOf);
  const list = (input: Omit<Parameters<Engine['listShards']>[0], 'streamName'>) =>
    engine.listShards({ streamName, ...input }).shards.map(({ shardId }) => shardId);

  beforeEach(() => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 2 });
    time.nowMs = START_MS + 10_000;
    split(0, 2n ** 126n);
    time.nowMs = START_MS + 20_000;
    split(1, 2n ** 127n + 2n ** 126n);
    time.nowMs = START_MS + 30_000;
  });

  it('filters by id and by time', () => {
    expect(list({})).toEqual(ids(0, 1, 2, 3, 4, 5));
    expect(list({ filter: { type: 'AT_LATEST' } })).toEqual(ids(2, 3, 4, 5));
    expect(list({ filter: { type: 'AT_TRIM_HORIZON' } })).toEqual(ids(0, 1));
    expect(list({ filter: { type: 'FROM_TRIM_HORIZON' } })).toEqual(ids(0, 1, 2, 3, 4, 5));
    expect(list({ filter: { type: 'AFTER_SHARD_ID', shardId: shardIdOf(3) } })).toEqual(ids(4, 5));
    const timestampMs = START_MS + 15_000;
    expect(list({ filter: { type: 'AT_TIMESTAMP', timestampMs } })).toEqual(ids(1, 2, 3));
    expect(list({ filter: { type: 'FROM_TIMESTAMP', timestampMs } })).toEqual(ids(1, 2, 3, 4, 5));
    expect(list({ filter: { type: 'AT_TIMESTAMP', timestampMs: 0 } })).toEqual(ids(0, 1));
    expect(() => list({ filter: { type: 'AT_TIMESTAMP', timestampMs: time.nowMs + 1 } })).toThrow(
      'is in the future',
    );
  });

  it('keeps its filter, and the partition of its first page, from page to page', () => {
    const first = engine.listShards({
      streamName,
      filter: { type: 'AT_LATEST' },
      maxResults: 2,
    });
    expect(first.shards.map(({ shardId }) => shardId)).toEqual(ids(2, 3));
    time.nowMs += 1_000;
    split(4, 2n ** 127n + 2n ** 125n);
    const nextToken = first.nextToken ?? '';
    const second = engine.listShards({ nextToken, maxResults: 2 });
    expect(second.shards.map(({ shardId }) => shardId)).toEqual(ids(4, 5));
    expect(second.nextToken).toBeNull();
    const { streamArn } = engine.describeStreamSummary({ streamName });
    for (const [name, beside] of [
      ['StreamName', { streamName }],
      ['StreamARN', { streamArn }],
      ['ExclusiveStartShardId', { exclusiveStartShardId: shardIdOf(0) }],
      ['StreamCreationTimestamp', { streamCreatedAtMs: START_MS }],
      ['ShardFilter', { filter: { type: 'AT_LATEST' } }],
    ] as const) {
      expect(() => engine.listShards({ nextToken, ...beside })).toThrow(
        expect.objectContaining({
          code: 'InvalidArgumentException',
          message: `NextToken and ${name} cannot be provided together.`,
        }),
      );
    }
    expect(() => engine.listShards({ nextToken: 'made-up' })).toThrow('Invalid NextToken');
    time.nowMs += 300_000;
    expect(() => engine.listShards({ nextToken })).toThrow('has expired');
  });

  it('tells a stream from its namesake by the creation time', () => {
    expect(list({ streamCreatedAtMs: START_MS + 0.4 })).toHaveLength(6);
    expect(() => list({ streamCreatedAtMs: START_MS - 1_000 })).toThrow('not found');
  });
});

describe('puts', () => {
  beforeEach(() => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 2 });
  });

  it('go where the MD5 of the partition key, or an explicit hash key, says', () => {
    const shardOf = (partitionKey: string, explicitHashKey?: bigint) =>
      engine.putRecord({
        streamName,
        partitionKey,
        explicitHashKey: explicitHashKey === undefined ? undefined : hashKey(explicitHashKey),
        data: new Uint8Array(0),
      }).shardId;
    // MD5 of "a" begins with 0c, of "b" with 92.
    expect(shardOf('a')).toBe(shardIdOf(0));
    expect(shardOf('b')).toBe(shardIdOf(1));
    expect(shardOf('b', 2n ** 127n - 1n)).toBe(shardIdOf(0));
    expect(shardOf('a', 2n ** 127n)).toBe(shardIdOf(1));
  });

  it('are refused as a whole where one record, or all together, are too large', () => {
    const record = (bytes: number) => ({ partitionKey: 'a', data: new Uint8Array(bytes) });
    expect(() =>
      engine.putRecords({ streamName, records: [record(1), record(1_048_576)] }),
    ).toThrow('less than or equal to 1048576');
    expect(() =>
      engine.putRecords({
        streamName,
        records: Array.from({ length: 11 }, () => record(1_000_000)),
      }),
    ).toThrow('Records size exceeds 10 MB limit');
    const points = engine.meter.read(
      { streamName, shardId: null, metric: 'IncomingRecords' },
      START_MS,
      START_MS + 5_000,
      5_000,
    );
    expect(points).toEqual([]);
  });

  it('follow a number for ordering, unless it cannot be one', () => {
    const first = put();
    const ordered = (sequenceNumberForOrdering: typeof first.sequenceNumber) =>
      engine.putRecord({
        streamName,
        partitionKey: 'k',
        data: new Uint8Array(1),
        sequenceNumberForOrdering,
      });
    const second = ordered(first.sequenceNumber);
    expect(second.sequenceNumber > first.sequenceNumber).toBe(true);
    time.nowMs += 10_000;
    const later = put().sequenceNumber;
    ({ engine } = engineFixture());
    engine.createStream({ streamName, shardCount: 1 });
    expect(() => ordered(later)).toThrow('ExclusiveMinimumSequenceNumber');
  });
});

describe('tags and retention', () => {
  beforeEach(() => {
    ({ engine, time } = engineFixture());
    engine.createStream({ streamName, shardCount: 1, tags: { b: '2', a: '1' } });
  });

  it('lists tags by key, page by page', () => {
    expect(engine.listTags({ streamName, limit: 1 })).toEqual({
      tags: [{ key: 'a', value: '1' }],
      hasMoreTags: true,
    });
    engine.tagStream({ streamName, tags: { c: '3', a: 'new' } });
    engine.untagStream({ streamName, tagKeys: ['b', 'unknown'] });
    expect(engine.listTags({ streamName }).tags).toEqual([
      { key: 'a', value: 'new' },
      { key: 'c', value: '3' },
    ]);
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`k${i}`, '']));
    expect(() => engine.tagStream({ streamName, tags: many })).toThrow('more than 50 tags');
  });

  it.each(['a;b', 'a,b', 'a\tb'])('refuses %j in a tag, to add and to remove', (odd) => {
    const refusal = expect.objectContaining({
      code: 'InvalidArgumentException',
      message: expect.stringContaining('invalid characters'),
    });
    expect(() => engine.tagStream({ streamName, tags: { [odd]: '1' } })).toThrow(refusal);
    expect(() => engine.tagStream({ streamName, tags: { c: odd } })).toThrow(refusal);
    expect(() => engine.untagStream({ streamName, tagKeys: [odd] })).toThrow(refusal);
    engine.tagStream({ streamName, tags: { 'Größe 1_./=+-%@:': '' } });
    expect(engine.listTags({ streamName }).tags).toHaveLength(3);
  });

  it('has neither tags nor policies changed while it is CREATING', () => {
    const slow = engineFixture({ transitionMs: 1_000 }).engine;
    slow.createStream({ streamName, shardCount: 1 });
    const resourceArn = slow.describeStreamSummary({ streamName }).streamArn;
    const refusal = expect.objectContaining({ code: 'ResourceInUseException' });
    expect(() => slow.tagStream({ resourceArn, tags: { a: '1' } })).toThrow(refusal);
    expect(() => slow.untagStream({ streamName, tagKeys: ['a'] })).toThrow(refusal);
    expect(() => slow.putResourcePolicy({ resourceArn, policy: '{}' })).toThrow(refusal);
    expect(slow.listTags({ streamName }).tags).toEqual([]);
  });

  it('changes retention only in the direction of the operation', () => {
    engine.increaseRetention({ streamName, retentionHours: 48 });
    expect(() => engine.increaseRetention({ streamName, retentionHours: 47 })).toThrow(
      'can not be shorter than existing retention period (48 hours)',
    );
    expect(() => engine.decreaseRetention({ streamName, retentionHours: 49 })).toThrow(
      'can not be longer than existing',
    );
    expect(() => engine.decreaseRetention({ streamName, retentionHours: 23 })).toThrow('too short');
    expect(() => engine.increaseRetention({ streamName, retentionHours: 8_761 })).toThrow(
      'too long',
    );
  });
});
