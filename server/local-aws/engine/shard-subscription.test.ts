import { beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { Engine } from './engine.ts';
import { engineFixture, START_MS } from './engine-fixture.ts';
import type { ShardPosition } from './operations/get-shard-iterator.ts';
import type { ShardSubscription, SubscriptionEvent } from './shard-subscription.ts';

const streamName = 's';
const shardId = shardIdOf(0);
const MIB = 1_048_576;
const TRIM_HORIZON: ShardPosition = { type: 'TRIM_HORIZON' };

let engine: Engine;
let time: { nowMs: number };
let consumerArn: string;

beforeEach(() => {
  ({ engine, time } = engineFixture());
  engine.createStream({ streamName, shardCount: 1, maxRecordKiB: 10_240 });
  consumerArn = register('c');
});

function register(consumerName: string): string {
  const streamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
  return engine.registerStreamConsumer({ streamArn, consumerName }).consumerArn;
}

const subscribe = (position: ShardPosition = TRIM_HORIZON, arn = consumerArn) =>
  engine.subscribeToShard({ consumerArn: arn, shardId, position });

const put = (text: string) =>
  engine.putRecord({ streamName, partitionKey: 'k', data: Buffer.from(text) });

/** The next event now. @throws Error where there is none. */
function eventOf(subscription: ShardSubscription): SubscriptionEvent {
  const step = subscription.next(time.nowMs);
  if (step === null || step === 'end') {
    throw new Error(`There is no event, but ${step}`);
  }
  return step;
}

const textsOf = ({ records }: SubscriptionEvent) =>
  records.map(({ data }) => Buffer.from(data).toString());

describe('a subscription', () => {
  it('gives what is there, and what comes', () => {
    put('a');
    put('b');
    const subscription = subscribe();
    expect(textsOf(eventOf(subscription))).toEqual(['a', 'b']);
    expect(subscription.next(time.nowMs)).toBeNull();
    put('c');
    expect(textsOf(eventOf(subscription))).toEqual(['c']);
  });

  it('says how far it has read, also while nothing comes', () => {
    const { sequenceNumber } = put('a');
    const subscription = subscribe();
    expect(eventOf(subscription).continuationSequenceNumber).toBe(sequenceNumber);
    time.nowMs += 4_999;
    expect(subscription.next(time.nowMs)).toBeNull();
    time.nowMs += 1;
    const empty = eventOf(subscription);
    expect(empty).toMatchObject({ records: [], millisBehindLatest: 0, childShards: [] });
    put('b');
    const later = subscribe({
      type: 'AFTER_SEQUENCE_NUMBER',
      sequenceNumber: empty.continuationSequenceNumber ?? sequenceNumber,
    });
    expect(textsOf(eventOf(later))).toEqual(['b']);
  });

  it('can be continued from a shard that never had a record', () => {
    const { continuationSequenceNumber } = eventOf(subscribe({ type: 'LATEST' }));
    put('a');
    time.nowMs += 5_000;
    const later = subscribe({
      type: 'AFTER_SEQUENCE_NUMBER',
      sequenceNumber: continuationSequenceNumber ?? put('never').sequenceNumber,
    });
    expect(textsOf(eventOf(later))).toEqual(['a']);
  });

  it('ends after five minutes', () => {
    const subscription = subscribe();
    time.nowMs += 299_999;
    eventOf(subscription);
    time.nowMs += 1;
    expect(subscription.next(time.nowMs)).toBe('end');
  });

  it('ends with its shard, naming the children', () => {
    put('a');
    engine.splitShard({
      streamName,
      shardToSplit: shardId,
      newStartingHashKey: hashKey(2n ** 127n),
    });
    const subscription = subscribe();
    const last = eventOf(subscription);
    expect(textsOf(last)).toEqual(['a']);
    expect(last).toMatchObject({ continuationSequenceNumber: null, millisBehindLatest: 0 });
    expect(last.childShards.map((child) => [child.shardId, child.parentShardIds])).toEqual([
      [shardIdOf(1), [shardId]],
      [shardIdOf(2), [shardId]],
    ]);
    expect(subscription.next(time.nowMs)).toBe('end');
  });

  it('is alone for five seconds, and is then taken over', () => {
    const first = subscribe();
    time.nowMs += 4_999;
    expect(() => subscribe()).toThrow('Another active subscription exists');
    const other = subscribe(TRIM_HORIZON, register('other'));
    time.nowMs += 1;
    const second = subscribe();
    expect(() => first.next(time.nowMs)).toThrow('Another active subscription exists');
    eventOf(second);
    eventOf(other);
  });

  it('takes 2 MiB a second of a shard, besides what others take', () => {
    const big = new Uint8Array(MIB / 2 - 1);
    for (let at = 0; at < 60; at += 1) {
      engine.putRecord({ streamName, partitionKey: 'k', data: big });
      time.nowMs += 500;
    }
    const subscriptions = [subscribe(), subscribe(TRIM_HORIZON, register('other'))];
    const bytes = [0, 0];
    const until = time.nowMs + 10_000;
    let millisBehindLatest = 0;
    for (; time.nowMs < until; time.nowMs += 10) {
      for (const [at, subscription] of subscriptions.entries()) {
        const step = subscription.next(time.nowMs);
        if (step !== null && step !== 'end') {
          bytes[at] = (bytes[at] ?? 0) + (step.records.length * MIB) / 2;
          millisBehindLatest = step.millisBehindLatest;
        }
      }
    }
    for (const taken of bytes) {
      expect(taken / MIB).toBeGreaterThanOrEqual(19);
      expect(taken / MIB).toBeLessThanOrEqual(22);
    }
    expect(millisBehindLatest).toBeGreaterThan(10_000);
    const shardIterator = engine.getShardIterator({ streamName, shardId, position: TRIM_HORIZON });
    expect(engine.getRecords({ shardIterator, limit: 1 }).records).toHaveLength(1);
  });

  it('does not start its throughput anew when it is renewed', () => {
    engine.putRecord({ streamName, partitionKey: 'k', data: new Uint8Array(10 * MIB - 1) });
    time.nowMs += 10_000;
    put('a');
    const subscription = subscribe();
    time.nowMs += 1_000;
    eventOf(subscription);
    time.nowMs += 4_000;
    const renewed = subscribe();
    expect(renewed.next(time.nowMs)).toBeNull();
    time.nowMs += 1_000;
    eventOf(renewed);
  });

  it('ends with its consumer, and with its stream', () => {
    const subscription = subscribe();
    engine.deregisterStreamConsumer({ consumerArn });
    expect(() => subscription.next(time.nowMs)).toThrow('Consumer');
    consumerArn = register('again');
    const another = subscribe();
    engine.deleteStream({ streamName, enforceConsumerDeletion: true });
    engine.createStream({ streamName, shardCount: 1 });
    expect(() => another.next(time.nowMs)).toThrow('Stream s');
    expect(() => subscribe()).toThrow('not found');
  });

  it('needs a consumer that is ACTIVE', () => {
    ({ engine, time } = engineFixture({ transitionMs: 1_000 }));
    engine.createStream({ streamName, shardCount: 1 });
    time.nowMs += 1_000;
    consumerArn = register('c');
    expect(() => subscribe()).toThrow('instead in state CREATING');
    time.nowMs += 1_000;
    eventOf(subscribe());
  });

  it('is counted by consumer', () => {
    const subscription = subscribe();
    put('abc');
    time.nowMs += 1_000;
    eventOf(subscription);
    expect(() => subscribe()).toThrow('Another active');
    const statistics = (metric: string) => {
      const series = { streamName, shardId: null, metric, consumerName: 'c' };
      const [point] = engine.meter.read(series, START_MS, START_MS + 5_000, 5_000);
      return [point?.sum, point?.sampleCount];
    };
    expect(statistics('SubscribeToShard.Success')).toEqual([1, 2]);
    expect(statistics('SubscribeToShard.RateExceeded')).toEqual([1, 2]);
    expect(statistics('SubscribeToShardEvent.Bytes')).toEqual([4, 1]);
    expect(statistics('SubscribeToShardEvent.Records')).toEqual([1, 1]);
    expect(statistics('SubscribeToShardEvent.MillisBehindLatest')).toEqual([0, 1]);
    expect(statistics('SubscribeToShardEvent.Success')).toEqual([1, 1]);
    const ofConsumers = engine.meter.list({ streamName }).filter((series) => series.consumerName);
    expect(ofConsumers).toHaveLength(6);
    expect(engine.meter.list({ metric: 'SubscribeToShardEvent.Bytes' })).toEqual([
      { streamName, shardId: null, metric: 'SubscribeToShardEvent.Bytes', consumerName: 'c' },
    ]);
  });
});
