import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { engineFixture, readShard } from './engine-fixture.ts';

const streamName = 's';
const streamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';

let engine: Engine;
let time: { nowMs: number };

beforeEach(() => {
  ({ engine, time } = engineFixture());
});

const record = (bytes: number, partitionKey = 'k') => ({
  partitionKey,
  data: new Uint8Array(bytes),
});
const put = (records: readonly ReturnType<typeof record>[]) =>
  engine.putRecords({ streamName, records });
const shardsOf = (output: ReturnType<typeof put>) =>
  output.results.map((result) => ('shardId' in result ? result.shardId : null));

describe('a stream that spreads its records itself', () => {
  beforeEach(() => engine.createStream({ streamName, mode: 'ON_DEMAND', distribution: 'AUTO' }));

  it('says so', () => {
    expect(engine.describeStreamSummary({ streamName }).distribution).toBe('AUTO');
  });

  it('uses all of its shards for one key, and one that names a hash key', () => {
    const output = engine.putRecords({
      streamName,
      records: Array.from({ length: 400 }, () => ({
        ...record(1_000),
        explicitHashKey: engine.listShards({ streamName }).shards[0]?.range.start,
      })),
    });
    const counts = Map.groupBy(shardsOf(output), (shardId) => shardId);
    expect([...counts.values()].map(({ length }) => length)).toEqual([100, 100, 100, 100]);
  });

  it('gives every shard the same load, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 8, maxLength: 400 }),
        (sizes) => {
          const { engine: fresh } = engineFixture({ limitScale: null });
          fresh.createStream({ streamName, mode: 'ON_DEMAND', distribution: 'AUTO' });
          const loads = new Map<string, number>();
          for (const size of sizes) {
            const { shardId } = fresh.putRecord({ streamName, ...record(size, '') });
            const load = Math.max(size / 1_048_576, 1 / 1_000);
            loads.set(shardId, (loads.get(shardId) ?? 0) + load);
          }
          const sorted = [...loads.values()].sort((a, b) => a - b);
          expect(sorted).toHaveLength(4);
          const largest = Math.max(...sizes) / 1_048_576;
          expect((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)).toBeLessThanOrEqual(largest + 1 / 1_000);
        },
      ),
    );
  });

  it('refuses nothing before all of its shards are full', () => {
    const full = Array.from({ length: 8 }, () =>
      put(Array.from({ length: 500 }, () => record(10))),
    );
    expect(full.reduce((sum, { failedRecordCount }) => sum + failedRecordCount, 0)).toBe(0);
    expect(put([record(10)]).failedRecordCount).toBe(1);
  });

  it('passes over a shard that its keys have filled', () => {
    const strategy = 'USER_PARTITION_KEY';
    engine.updateRecordDistribution({ streamArn, strategy });
    put(Array.from({ length: 500 }, () => record(10)));
    const [hot] = shardsOf(put(Array.from({ length: 500 }, () => record(10))));
    engine.updateRecordDistribution({ streamArn, strategy: 'AUTO' });
    const output = put(Array.from({ length: 300 }, () => record(10)));
    expect(output.failedRecordCount).toBe(0);
    expect(shardsOf(output)).not.toContain(hot);
  });

  it('takes records without a key, and gives back what it was given', () => {
    const output = put([record(1, ''), record(1, 'topic')]);
    const keys = shardsOf(output).flatMap((shardId) =>
      shardId === null
        ? []
        : readShard(engine, time, streamName, shardId).map(({ partitionKey }) => partitionKey),
    );
    expect(keys.sort()).toEqual(['', 'topic']);
  });

  it('goes by keys again as a provisioned one', () => {
    engine.updateStreamMode({ streamName, mode: 'PROVISIONED' });
    const { distribution } = engine.describeStreamSummary({ streamName });
    expect(distribution).toBeNull();
    expect(new Set(shardsOf(put([record(1), record(1), record(1)]))).size).toBe(1);
  });
});

describe('a stream that goes by keys', () => {
  it('refuses a record without one, and with it the whole call', () => {
    engine.createStream({ streamName, mode: 'ON_DEMAND' });
    expect(() => put([record(1), record(1, '')])).toThrow(
      "Value null at 'records.2.member.partitionKey' failed to satisfy constraint",
    );
    expect(() => engine.putRecord({ streamName, ...record(1, '') })).toThrow(
      "Value null at 'partitionKey' failed to satisfy constraint",
    );
    const [shard] = engine.listShards({ streamName }).shards;
    expect(readShard(engine, time, streamName, shard?.shardId ?? '')).toEqual([]);
  });

  it('leaves what it has where it is when its strategy changes', () => {
    engine.createStream({ streamName, mode: 'ON_DEMAND' });
    const [home] = shardsOf(put([record(1), record(1), record(1)]));
    engine.updateRecordDistribution({ streamArn, strategy: 'AUTO' });
    expect(engine.describeStreamSummary({ streamName }).status).toBe('ACTIVE');
    expect(readShard(engine, time, streamName, home ?? '')).toHaveLength(3);
  });

  it('cannot be told otherwise while it is provisioned, or not ACTIVE', () => {
    engine.createStream({ streamName, shardCount: 1 });
    const strategy = 'AUTO';
    expect(() => engine.updateRecordDistribution({ streamArn, strategy })).toThrow(
      expect.objectContaining({ code: 'InvalidArgumentException' }),
    );
    expect(() =>
      engine.createStream({ streamName: 't', shardCount: 1, distribution: strategy }),
    ).toThrow(expect.objectContaining({ code: 'InvalidArgumentException' }));
    const slow = engineFixture({ transitionMs: 1_000 }).engine;
    slow.createStream({ streamName, mode: 'ON_DEMAND' });
    expect(() => slow.updateRecordDistribution({ streamArn, strategy })).toThrow(
      expect.objectContaining({ code: 'ResourceInUseException' }),
    );
  });
});
