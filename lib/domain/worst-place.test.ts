import { describe, expect, it } from 'vitest';
import { frameOf } from './frame-fixture.ts';
import { markOf } from './shard-mark.ts';
import { shardReadings } from './shard-readings.ts';
import { placesByUse, worstPlace } from './worst-place.ts';

const readings = shardReadings(
  frameOf(5, {
    IncomingRecords: [100, 950, Number.NaN, 400, 0],
    WriteProvisionedThroughputExceeded: [0, 0, Number.NaN, 3, 0],
  }),
  1,
  5,
).map(markOf);

describe('worstPlace', () => {
  it('prefers a shard that refuses to a hotter one that does not', () => {
    expect(worstPlace(readings, 0, 4)).toBe(3);
  });

  it('prefers the hotter, and any known shard to an unknown one', () => {
    expect(worstPlace(readings, 0, 2)).toBe(1);
    expect(worstPlace(readings, 2, 2)).toBe(2);
  });
});

it('orders places from the worst to the least', () => {
  expect(placesByUse(readings)).toEqual([3, 1, 0, 4, 2]);
});
