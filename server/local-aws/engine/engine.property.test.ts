import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { firstRingFault, rangeMiddle, rangeWidth } from '#lib/domain/hash-range.ts';
import { isOpen } from '#lib/domain/shard.ts';
import { engineFixture, readShard } from './engine-fixture.ts';
import { KinesisError } from './kinesis-error.ts';

const streamName = 's';

type Step =
  | { readonly do: 'put'; readonly key: number; readonly count: number; readonly bytes: number }
  | { readonly do: 'split' | 'merge'; readonly at: number }
  | { readonly do: 'scale'; readonly target: number }
  | { readonly do: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key: fc.nat({ max: 20 }),
      count: fc.integer({ min: 1, max: 60 }),
      bytes: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 9_000 })),
    }),
  },
  fc.record({ do: fc.constantFrom('split' as const, 'merge' as const), at: fc.nat() }),
  fc.record({ do: fc.constant('scale' as const), target: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 5_000 }) }),
);

/** Runs the steps; those that AWS refuses in the state that they meet change nothing. */
function run(steps: readonly Step[], transitionMs: number) {
  const { engine, time } = engineFixture({ limitScale: null, transitionMs });
  engine.createStream({ streamName, shardCount: 2 });
  time.nowMs += transitionMs;
  /** For each key, the texts of its records in the order of their puts. */
  const put = new Map<string, string[]>();
  let serial = 0;
  for (const next of steps) {
    const open = engine.listShards({ streamName, filter: { type: 'AT_LATEST' } }).shards;
    const sorted = open.toSorted((a, b) => (a.range.start < b.range.start ? -1 : 1));
    try {
      switch (next.do) {
        case 'put': {
          const partitionKey = `key-${next.key}`;
          const texts = Array.from({ length: next.count }, () => `${serial++}`.padEnd(next.bytes));
          const records = texts.map((text) => ({ partitionKey, data: Buffer.from(text) }));
          expect(engine.putRecords({ streamName, records }).failedRecordCount).toBe(0);
          put.set(partitionKey, [...(put.get(partitionKey) ?? []), ...texts]);
          break;
        }
        case 'split': {
          const shard = sorted[next.at % sorted.length];
          if (shard !== undefined) {
            const newStartingHashKey = rangeMiddle(shard.range);
            engine.splitShard({ streamName, shardToSplit: shard.shardId, newStartingHashKey });
          }
          break;
        }
        case 'merge': {
          const left = sorted[next.at % sorted.length];
          const right = sorted[(next.at % sorted.length) + 1];
          if (left !== undefined && right !== undefined) {
            engine.mergeShards({
              streamName,
              shardToMerge: left.shardId,
              adjacentShardToMerge: right.shardId,
            });
          }
          break;
        }
        case 'scale':
          engine.updateShardCount({ streamName, targetShardCount: next.target });
          break;
        case 'wait':
          time.nowMs += next.ms;
          break;
      }
    } catch (error) {
      if (!(error instanceof KinesisError)) {
        throw error;
      }
      expect(error.code).toBeOneOf(['LimitExceededException', 'ResourceInUseException']);
    }
  }
  time.nowMs += transitionMs;
  return { engine, time, put };
}

describe('a stream under any sequence of puts, splits, merges and scalings', () => {
  it('loses nothing, and keeps each key in order', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(0, 2_000),
        (steps, transitionMs) => {
          const { engine, time, put } = run(steps, transitionMs);
          const read = new Map<string, string[]>();
          const lastNumber = new Map<string, bigint>();
          // Ascending by id: parents come before their children.
          for (const { shardId } of engine.listShards({ streamName }).shards) {
            for (const record of readShard(engine, time, streamName, shardId)) {
              const text = Buffer.from(record.data).toString();
              const key = record.partitionKey;
              read.set(key, [...(read.get(key) ?? []), text]);
              expect(record.sequenceNumber > (lastNumber.get(key) ?? 0n)).toBe(true);
              lastNumber.set(key, record.sequenceNumber);
            }
          }
          expect(read).toEqual(put);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('covers the ring at any time, and gives every shard its parents', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { engine } = run(steps, 0);
        const { shards } = engine.listShards({ streamName });
        const byId = new Map(shards.map((shard) => [shard.shardId, shard]));
        expect(firstRingFault(shards.filter(isOpen).map(({ range }) => range))).toBeNull();
        for (const shard of shards) {
          for (const parentId of [shard.parentShardId, shard.adjacentParentShardId]) {
            const parent = parentId === null ? undefined : byId.get(parentId);
            if (parent !== undefined) {
              expect(isOpen(parent)).toBe(false);
              expect(shard.startingSequenceNumber > parent.startingSequenceNumber).toBe(true);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is uniform after UpdateShardCount, whatever it was before', () => {
    const cuts = fc.array(fc.bigInt({ min: 2n, max: 2n ** 128n - 2n }), { maxLength: 10 });
    fc.assert(
      fc.property(cuts, fc.nat(), (starts, pick) => {
        const { engine } = engineFixture();
        engine.createStream({ streamName, shardCount: 1 });
        for (const start of starts) {
          const { shards } = engine.listShards({ streamName, filter: { type: 'AT_LATEST' } });
          const shard = shards.find(({ range }) => range.start + 1n < start && start < range.end);
          if (shard !== undefined) {
            engine.splitShard({
              streamName,
              shardToSplit: shard.shardId,
              newStartingHashKey: hashKey(start),
            });
          }
        }
        const { openShardCount } = engine.describeStreamSummary({ streamName });
        const least = Math.ceil(openShardCount / 2);
        const targetShardCount = least + (pick % (openShardCount * 2 - least + 1));
        engine.updateShardCount({ streamName, targetShardCount });
        const { shards } = engine.listShards({ streamName, filter: { type: 'AT_LATEST' } });
        expect(shards).toHaveLength(targetShardCount);
        expect(firstRingFault(shards.map(({ range }) => range))).toBeNull();
        const widths = shards.map(({ range }) => rangeWidth(range));
        const even = 2n ** 128n / BigInt(targetShardCount);
        expect(widths.every((width) => width === even || width === even + 1n)).toBe(true);
      }),
    );
  });
});
