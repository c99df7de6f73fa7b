import { describe, expect, it } from 'vitest';
import { frameOf } from '#lib/domain/frame-fixture.ts';
import { ringCells } from '#lib/domain/ring-cells.ts';
import { markOf } from '#lib/domain/shard-mark.ts';
import { shardReadings } from '#lib/domain/shard-readings.ts';
import { ringShards } from './ring-shards.ts';
import { fillHeight, stripPaths } from './strip-paths.ts';
import { uniformTopology } from './testing/ring-of.ts';

const heights = { headroom: 20, toLimit: 100 };

describe('fillHeight', () => {
  it('reaches the limit line at 100 % and ends at the top of the headroom', () => {
    expect(fillHeight(0.5, heights)).toBe(50);
    expect(fillHeight(1, heights)).toBe(100);
    expect(fillHeight(9, heights)).toBe(120);
  });

  it('keeps next to nothing visible', () => {
    expect(fillHeight(0.0001, heights)).toBe(2);
  });
});

describe('stripPaths', () => {
  it('draws fill, refusal and unknown of frames that stand alone', () => {
    const ring = ringShards(uniformTopology(2));
    const marks = shardReadings(
      frameOf(2, {
        IncomingRecords: [1_000, Number.NaN],
        WriteProvisionedThroughputExceeded: [5, Number.NaN],
      }),
      1,
      2,
    ).map(markOf);
    const paths = stripPaths(ringCells(ring, 200), marks, heights);
    expect(paths.fills).toEqual([{ step: 6, d: 'M0.5 20h99v100h-99z' }]);
    expect(paths.refused).toBe('M0.5 0h99v20h-99z');
    expect(paths.grounds).toBe('M0.5 0h99v120h-99z');
    expect(paths.unknown).toBe('M101 0.5h98v119h-98z');
  });

  it('marks refusals above the limit, whatever the mean use', () => {
    const marks = shardReadings(
      frameOf(2, {
        IncomingRecords: [400, 1_250],
        WriteProvisionedThroughputExceeded: [5, 5],
      }),
      1,
      2,
    ).map(markOf);
    const { refused } = stripPaths(ringCells(ringShards(uniformTopology(2)), 200), marks, heights);
    expect(refused).toBe('M0.5 0h99v20h-99zM100.5 0h99v10h-99z');
  });

  it('keeps one hot shard in 10,000 visible', () => {
    const count = 10_000;
    const records = Array.from({ length: count }, (_, place) => (place === 4_321 ? 990 : 10));
    const marks = shardReadings(frameOf(count, { IncomingRecords: records }), 1, count).map(markOf);
    const paths = stripPaths(ringCells(ringShards(uniformTopology(count)), 1_376), marks, heights);
    const hot = paths.fills.find((fill) => fill.step === 5);
    expect(hot?.d.match(/M/g)?.length).toBeGreaterThanOrEqual(1);
    expect(hot?.d.match(/M/g)?.length).toBeLessThanOrEqual(2);
  });
});
