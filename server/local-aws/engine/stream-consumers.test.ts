import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { engineFixture, START_MS } from './engine-fixture.ts';

const streamName = 's';
const streamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';

describe('enhanced fan-out consumers', () => {
  let engine: Engine;
  let time: { nowMs: number };

  beforeEach(() => {
    ({ engine, time } = engineFixture({ transitionMs: 1_000 }));
    engine.createStream({ streamName, shardCount: 1 });
    time.nowMs += 1_000;
  });

  const register = (consumerName: string) =>
    engine.registerStreamConsumer({ streamArn, consumerName });
  const statusOf = (consumerName: string) =>
    engine.describeStreamConsumer({ streamArn, consumerName }).status;
  const count = () => engine.describeStreamSummary({ streamName }).consumerCount;

  it('are CREATING, then ACTIVE, then DELETING, then gone', () => {
    const { consumerArn, status } = register('c');
    expect(consumerArn).toBe(`${streamArn}/consumer/c:${START_MS / 1_000 + 1}`);
    expect([status, statusOf('c'), count()]).toEqual(['CREATING', 'CREATING', 1]);
    time.nowMs += 1_000;
    expect(statusOf('c')).toBe('ACTIVE');
    engine.deregisterStreamConsumer({ consumerArn });
    time.nowMs += 999;
    engine.deregisterStreamConsumer({ consumerArn });
    expect([statusOf('c'), count()]).toEqual(['DELETING', 1]);
    time.nowMs += 1;
    expect(() => statusOf('c')).toThrow('Consumer c, account 000000000000 not found');
    expect(count()).toBe(0);
  });

  it('are others when they are registered again', () => {
    const { consumerArn } = register('c');
    engine.deregisterStreamConsumer({ consumerArn });
    expect(() => register('c')).toThrow('already exists');
    time.nowMs += 1_000;
    expect(register('c').consumerArn).not.toBe(consumerArn);
    expect(() => engine.describeStreamConsumer({ consumerArn })).toThrow('not found');
  });

  it('are found by references that agree with themselves', () => {
    const { consumerArn } = register('c');
    const found = engine.describeStreamConsumer({ consumerArn, streamArn, consumerName: 'c' });
    expect(found).toMatchObject({ consumerName: 'c', streamArn });
    expect(() => engine.describeStreamConsumer({ consumerArn, consumerName: 'd' })).toThrow(
      'do not match',
    );
    expect(() => engine.describeStreamConsumer({ streamArn })).toThrow('Either ConsumerARN');
    expect(() => engine.describeStreamConsumer({ consumerArn: streamArn })).toThrow('is invalid');
  });

  it('are five at a time while being made, and twenty a stream', () => {
    for (let at = 0; at < 20; at += 1) {
      register(`c${at}`);
      if (at === 4) {
        expect(() => register('sixth')).toThrow('Only 5 consumers');
      }
      time.nowMs += at % 5 === 4 ? 1_000 : 0;
    }
    expect(() => register('another')).toThrow('more than 20 consumers');
  });

  it('are fifty for an on-demand stream of an account with Advantage', () => {
    engine.updateAccountSettings({ commitment: 'ENABLED' });
    engine.updateStreamMode({ streamName, mode: 'ON_DEMAND' });
    time.nowMs += 1_000;
    for (let at = 0; at < 50; at += 1) {
      register(`c${at}`);
      time.nowMs += 1_000;
    }
    expect(() => register('another')).toThrow('more than 50 consumers');
  });

  it('are listed by name, page by page, for as long as a token lives', () => {
    for (const name of ['b', 'c', 'a']) {
      register(name);
    }
    const namesOf = ({ consumers }: ReturnType<Engine['listStreamConsumers']>) =>
      consumers.map(({ consumerName }) => consumerName);
    const first = engine.listStreamConsumers({ streamArn, maxResults: 2 });
    expect(namesOf(first)).toEqual(['a', 'b']);
    const nextToken = first.nextToken ?? '';
    const rest = engine.listStreamConsumers({ streamArn, nextToken });
    expect([namesOf(rest), rest.nextToken]).toEqual([['c'], null]);
    expect(() =>
      engine.listStreamConsumers({ streamArn, nextToken, streamCreatedAtMs: START_MS }),
    ).toThrow('cannot be provided together');
    expect(() => engine.listStreamConsumers({ streamArn, nextToken: 'x' })).toThrow('Invalid');
    time.nowMs += 300_001;
    expect(() => engine.listStreamConsumers({ streamArn, nextToken })).toThrow('has expired');
    expect(() =>
      engine.listStreamConsumers({ streamArn, streamCreatedAtMs: START_MS - 5_000 }),
    ).toThrow('not found');
  });

  it('keep their stream from being deleted, unless they go with it', () => {
    register('c');
    expect(() => engine.deleteStream({ streamName })).toThrow(
      'there are consumers associated with this data stream',
    );
    engine.deleteStream({ streamName, enforceConsumerDeletion: true });
    expect(statusOf('c')).toBe('DELETING');
  });

  it('have tags and policies of their own', () => {
    const { consumerArn: resourceArn } = register('c');
    engine.tagStream({ resourceArn, tags: { team: 'search' } });
    expect(engine.listTags({ resourceArn }).tags).toEqual([{ key: 'team', value: 'search' }]);
    engine.untagStream({ resourceArn, tagKeys: ['team'] });
    expect(engine.listTags({ resourceArn }).tags).toEqual([]);
    engine.putResourcePolicy({ resourceArn, policy: '{"Version":"2012-10-17"}' });
    expect(engine.getResourcePolicy({ resourceArn })).toBe('{"Version":"2012-10-17"}');
    expect(engine.getResourcePolicy({ resourceArn: streamArn })).toBe('{}');
    engine.deleteResourcePolicy({ resourceArn });
    expect(() => engine.deleteResourcePolicy({ resourceArn })).toThrow('No resource policy');
    expect(() => engine.putResourcePolicy({ resourceArn, policy: 'no' })).toThrow('not a valid');
  });
});
