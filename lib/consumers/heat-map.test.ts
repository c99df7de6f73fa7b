import { describe, expect, test } from 'vitest';
import type { LagColumns } from '#lib/domain/consumers/lag-frame.ts';
import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import { foldHeat } from './fold-heat.ts';
import { heatBands } from './heat-bands.ts';
import { heatCell, packHeatMap, unpackHeatMap } from './heat-map.ts';

const FRAME = { applicationId: 7, fromMs: 60_000, periodSeconds: 60 };

/** Shard 0 was split in its middle into 1 and 2. */
const pieces = [
  { start: 0, end: 1 },
  { start: 0, end: 0.5 },
  { start: 0.5, end: 1 },
];
const pieceOf = (shard: number) => pieces[shard] ?? null;

function points(
  ...rows: (readonly [shard: number, atMost: number, status?: ConsumerStatus | undefined])[]
): LagColumns {
  return {
    shards: Int32Array.from(rows, ([shard]) => shard),
    statuses: rows.map(([, , status]) => status ?? 'OK'),
    atLeast: Float32Array.from(rows, ([, atMost]) => atMost / 2),
    atMost: Float32Array.from(rows, ([, atMost]) => atMost),
  };
}

describe('a heat map', () => {
  const map = foldHeat(
    [
      points([0, 10]),
      null,
      points([0, 0, 'DONE'], [1, 4], [2, 8, 'STALL']),
      points([0, 30], [1, 1], [2, Number.NaN]),
    ],
    pieceOf,
    FRAME,
  );
  const shown = (band: number) =>
    [0, 1, 2, 3].map((column) => {
      const cell = heatCell(map, band, column);
      return [cell?.shard, cell?.status, cell?.atMostSeconds];
    });

  test('shows the worst of each stretch, parents and children alike', () => {
    expect(map.bands).toEqual([pieces[1], pieces[2]]);
    expect(shown(0)).toEqual([
      [0, 'OK', 10],
      [null, null, Number.NaN],
      [1, 'OK', 4],
      [0, 'OK', 30],
    ]);
    expect(shown(1)).toEqual([
      [0, 'OK', 10],
      [null, null, Number.NaN],
      [2, 'STALL', 8],
      [2, 'OK', Number.NaN],
    ]);
  });

  test('goes over the wire and back', () => {
    expect(unpackHeatMap(JSON.parse(JSON.stringify(packHeatMap(map))))).toEqual(map);
    expect(() => unpackHeatMap({ ...packHeatMap(map), columns: 5 })).toThrow(RangeError);
  });

  test('has no cell beyond its sides', () => {
    expect(heatCell(map, 2, 0)).toBeNull();
    expect(heatCell(map, 0, 4)).toBeNull();
    expect(heatCell(map, 0, 2)?.periodStartMs).toBe(180_000);
  });

  test('leaves out shards of which nobody knows where they lie', () => {
    const lost = foldHeat([points([9, 10])], pieceOf, FRAME);
    expect(heatCell(lost, 0, 0)?.status).toBeNull();
  });
});

describe('its rows', () => {
  test('go from bound to bound while they can be told apart', () => {
    expect(heatBands([], 4)).toEqual([{ start: 0, end: 1 }]);
    expect(heatBands([{ start: 0, end: 0.25 }], 4)).toEqual([
      { start: 0, end: 0.25 },
      { start: 0.25, end: 1 },
    ]);
  });

  test('are of equal height where there are too many', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({
      start: i / 5_000,
      end: (i + 1) / 5_000,
    }));
    const bands = heatBands(many, 160);
    expect(bands).toHaveLength(160);
    expect(bands[1]).toEqual({ start: 1 / 160, end: 2 / 160 });
  });
});
