import { describe, expect, it } from 'vitest';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { ApiLimiter, type LimitedCall } from './api-limiter.ts';
import { API_RATES } from './api-rates.ts';

const START_MS = 1_795_413_600_000;

function fixture(scale = 1) {
  const limiter = new ApiLimiter(scale, '000000000000');
  const call = (operationName: string, names: Partial<LimitedCall> = {}): LimitedCall => ({
    operationName,
    streamName: 'tweets',
    shardId: null,
    ...names,
  });
  /** The code of the refusal, or null. */
  const refusal = (limited: LimitedCall, nowMs: number): string | null => {
    try {
      limiter.charge(limited, nowMs);
      return null;
    } catch (error) {
      return error instanceof KinesisError ? error.code : String(error);
    }
  };
  const admitted = (limited: LimitedCall, nowMs: number, tries: number) =>
    Array.from({ length: tries }, () => refusal(limited, nowMs)).filter((code) => code === null)
      .length;
  return { call, refusal, admitted };
}

describe('the rates of operations', () => {
  it.each([...API_RATES])('let one second of %s come at once, and no more', (name, rate) => {
    const { call, refusal, admitted } = fixture();
    const limited = call(name, { shardId: 'shardId-000000000000' });
    expect(admitted(limited, START_MS, rate.perSecond)).toBe(rate.perSecond);
    expect(refusal(limited, START_MS)).toBe(rate.code);
  });

  it.each([...API_RATES])('bear %s at its rate for a minute', (name, { perSecond }) => {
    const { call, refusal } = fixture();
    const limited = call(name, { shardId: 'shardId-000000000000' });
    const refused = Array.from({ length: 60 * perSecond }, (_, i) =>
      refusal(limited, START_MS + (i * 1_000) / perSecond),
    ).filter((code) => code !== null);
    expect(refused).toEqual([]);
  });

  it('hold under a lasting overload', () => {
    const { call, admitted } = fixture();
    let count = 0;
    for (let atMs = 0; atMs < 10_000; atMs += 20) {
      count += admitted(call('ListStreams', { streamName: null }), START_MS + atMs, 1);
    }
    expect(count).toBeGreaterThanOrEqual(50);
    expect(count).toBeLessThanOrEqual(55);
  });

  it('count by account, stream or shard', () => {
    const { call, refusal, admitted } = fixture();
    admitted(call('DescribeStream'), START_MS, 10);
    expect(refusal(call('DescribeStream', { streamName: 'other' }), START_MS)).not.toBeNull();
    admitted(call('ListStreamConsumers'), START_MS, 5);
    expect(refusal(call('ListStreamConsumers', { streamName: 'other' }), START_MS)).toBeNull();
    const shardId = 'shardId-000000000000';
    admitted(call('GetShardIterator', { shardId }), START_MS, 5);
    expect(refusal(call('GetShardIterator', { shardId }), START_MS)).not.toBeNull();
    expect(
      refusal(call('GetShardIterator', { shardId: 'shardId-000000000001' }), START_MS),
    ).toBeNull();
  });

  it('have their own words', () => {
    const limiter = new ApiLimiter(1, '000000000000');
    const call = { operationName: 'DescribeLimits', streamName: null, shardId: null };
    limiter.charge(call, START_MS);
    expect(limiter.refusedCalls()).toEqual({});
    expect(() => limiter.charge(call, START_MS)).toThrow(
      'Rate exceeded under account 000000000000.',
    );
    expect(limiter.refusedCalls()).toEqual({ DescribeLimits: 1 });
  });

  it('are scaled', () => {
    const { call, admitted } = fixture(10);
    expect(admitted(call('ListStreams', { streamName: null }), START_MS, 60)).toBe(50);
  });

  it('forget no call while they let idle buckets go', () => {
    const { call, admitted } = fixture();
    for (let i = 0; i < 5_000; i += 1) {
      admitted(call('ListStreamConsumers', { streamName: `s-${i}` }), START_MS + i, 5);
    }
    const nowMs = START_MS + 4_999;
    const left = (streamName: string) =>
      admitted(call('ListStreamConsumers', { streamName }), nowMs, 10);
    expect(left('s-4999')).toBe(0);
    // Half a second has given back two and a half calls, the last of which is lent.
    expect(left('s-4500')).toBe(3);
    expect(left('s-1')).toBe(5);
  });

  it('leave puts and gets to their shards', () => {
    const { call, admitted } = fixture();
    expect(admitted(call('PutRecords'), START_MS, 10_000)).toBe(10_000);
  });
});
