import { expect, it } from 'vitest';
import { frameOf } from '#lib/domain/frame-fixture.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { shardReadings } from '#lib/domain/shard-readings.ts';
import { hotShardIds, isHot } from './hot-shards.ts';
import { ringShard } from './ring-shards.ts';

/** Shards side by side that use so much of 1 MiB/s, and refuse so many records. */
function aloneOf(shards: readonly { readonly use: number; readonly refused?: number }[]) {
  const frame = frameOf(shards.length, {
    IncomingBytes: shards.map(({ use }) => use * MEBIBYTE),
    WriteProvisionedThroughputExceeded: shards.map(({ refused = 0 }) => refused),
    OutgoingBytes: shards.map(() => 2 * MEBIBYTE),
  });
  const readings = shardReadings(frame, frame.topologyId, shards.length);
  return {
    alone: new Map(
      readings.map((reading, place) => {
        const shard = ringShard({
          shardId: `shardId-00000000000${place}`,
          startingHashKey: String(place),
          endingHashKey: String(place),
        });
        return [place, { cell: place, place, shard, reading }];
      }),
    ),
  };
}

it('are those near a write limit or refusing, the hottest first, three at most', () => {
  const { alone } = aloneOf([
    { use: 0.79 },
    { use: 0.8 },
    { use: 0.3, refused: 1 },
    { use: 1.1 },
    { use: 0.9 },
  ]);
  expect(hotShardIds({ alone })).toEqual([3, 4, 1].map((place) => `shardId-00000000000${place}`));
  expect([...alone.values()].map(({ reading }) => isHot(reading))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
});

it('are none where only readers are at the limit, or nothing is known', () => {
  expect(hotShardIds(aloneOf([{ use: 0.1 }]))).toEqual([]);
  expect(hotShardIds(aloneOf([{ use: Number.NaN, refused: Number.NaN }]))).toEqual([]);
});
