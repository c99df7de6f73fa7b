import type { LagColumns } from '#lib/domain/consumers/lag-frame.ts';
import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { heatBands } from './heat-bands.ts';
import { type HeatMap, NO_SHARD, NO_STATUS } from './heat-map.ts';
import { lagRank, worstByBand } from './worst-by-band.ts';

/** Rows that a screen can tell apart. */
const ROWS_MAX = 160;

/**
 * The lag of an application over its shards and over time, folded to what can be drawn: each cell shows the worst shard
 * that lies in its stretch of the ring.
 *
 * @param points by place of the period after `frame.fromMs`; null where nothing was recorded
 * @param pieceOf where the shard of a number lies; null where that is not known
 */
export function foldHeat(
  points: readonly (LagColumns | null)[],
  pieceOf: (shard: number) => RingPiece | null,
  frame: Pick<HeatMap, 'applicationId' | 'fromMs' | 'periodSeconds'>,
): HeatMap {
  const seen = new Map<number, RingPiece | null>();
  for (const each of points) {
    if (each === null) continue;
    for (let i = 0; i < each.shards.length; i += 1) {
      const shard = each.shards[i] ?? NO_SHARD;
      if (!seen.has(shard)) seen.set(shard, pieceOf(shard));
    }
  }
  const bands = heatBands(
    [...seen.values()].filter((piece) => piece !== null),
    ROWS_MAX,
  );
  const columns = points.length;
  const size = bands.length * columns;
  const map = {
    ...frame,
    columns,
    bands,
    atLeast: new Float32Array(size).fill(Number.NaN),
    atMost: new Float32Array(size).fill(Number.NaN),
    status: new Uint8Array(size).fill(NO_STATUS),
    shard: new Int32Array(size).fill(NO_SHARD),
  };
  for (const [column, each] of points.entries()) {
    if (each === null) continue;
    const pieces = Array.from(each.shards, (shard) => seen.get(shard) ?? null);
    const ranks = Float64Array.from(each.atMost, (atMost, i) =>
      lagRank(each.statuses[i] ?? 'UNKNOWN', atMost),
    );
    for (const [band, worst] of worstByBand(bands, pieces, ranks).entries()) {
      if (worst < 0) continue;
      const cell = band * columns + column;
      map.atLeast[cell] = each.atLeast[worst] ?? Number.NaN;
      map.atMost[cell] = each.atMost[worst] ?? Number.NaN;
      map.status[cell] = STATUSES_WORST_FIRST.indexOf(each.statuses[worst] ?? 'UNKNOWN');
      map.shard[cell] = each.shards[worst] ?? NO_SHARD;
    }
  }
  return map;
}
