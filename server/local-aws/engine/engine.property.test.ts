import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { firstRingFault, rangeWidth } from '#lib/domain/hash-range.ts';
import { engineFixture } from './engine-fixture.ts';
import { commandArbitraries, type Real, STREAM } from './testing/model-commands.ts';
import { fanOutModelReader, pollingModelReader } from './testing/model-readers.ts';
import { StreamModel } from './testing/stream-model.ts';

const INITIAL_SHARDS = 2;
const CONSUMER = 'fan-out';

/** Hundreds of streams are lived through, and those that fail are shrunk. */
const TIMEOUT_MS = 60_000;

/** A stream with three readers that have not read yet: two that poll, by little and by much, and one of fan-out. */
function setUp(transitionMs: number): { model: StreamModel; real: Real } {
  const { engine, time } = engineFixture({ limitScale: null, transitionMs });
  engine.createStream({ streamName: STREAM, shardCount: INITIAL_SHARDS });
  time.nowMs += transitionMs;
  const model = new StreamModel(INITIAL_SHARDS, time.nowMs, transitionMs);
  const { streamArn } = engine.describeStreamSummary({ streamName: STREAM });
  const { consumerArn } = engine.registerStreamConsumer({ streamArn, consumerName: CONSUMER });
  time.nowMs += transitionMs;
  const readers = [
    pollingModelReader(engine, STREAM, 7),
    pollingModelReader(engine, STREAM, 10_000),
    fanOutModelReader(engine, STREAM, consumerArn),
  ];
  return { model, real: { engine, time, readers } };
}

describe('a stream under any sequence of puts, reads, splits, merges, scalings and waiting', () => {
  it.each([0, 2_000])(
    'is as its documents say, where a change takes %i ms',
    { timeout: TIMEOUT_MS },
    (transitionMs) => {
      fc.assert(
        fc.property(
          fc.commands(commandArbitraries(), { maxCommands: 60, size: 'max' }),
          (commands) => {
            const { model, real } = setUp(transitionMs);
            fc.modelRun(() => ({ model, real }), commands);
            const tick = () => {
              // Longer than a subscription is held: one that was ended can be begun again.
              real.time.nowMs += 5_000;
              return real.time.nowMs;
            };
            for (const reader of real.readers) {
              reader.drain(model.put, tick);
            }
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('is uniform after UpdateShardCount, whatever it was before', () => {
    const streamName = STREAM;
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
