import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameOf } from './frame-fixture.ts';
import { shardFigures, shardUse, tightestLimit } from './throughput.ts';
import { tightestUses } from './tightest-uses.ts';

const sum = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 10_000_000 }));
const sums = fc.array(fc.tuple(sum, sum, sum), { maxLength: 20 });

it('says of each shard what tightestLimit says', () => {
  fc.assert(
    fc.property(sums, fc.integer({ min: 1, max: 300 }), (shards, periodSeconds) => {
      const frame = {
        ...frameOf(shards.length, {
          IncomingBytes: shards.map(([bytes]) => bytes),
          IncomingRecords: shards.map(([, records]) => records),
          OutgoingBytes: shards.map(([, , out]) => out),
        }),
        periodSeconds,
      };
      expect([...tightestUses(frame.shards, periodSeconds)]).toEqual(
        shards.map((_, place) => tightestLimit(shardUse(shardFigures(frame, place))).use),
      );
    }),
  );
});

it('says nothing where shard-level metrics are off', () => {
  expect(tightestUses(new Float32Array(), 5)).toHaveLength(0);
});
