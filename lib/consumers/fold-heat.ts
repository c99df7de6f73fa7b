import type { LagColumns } from '#lib/domain/consumers/lag-frame.ts';
import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { heatBands } from './heat-bands.ts';
import { type HeatMap, NO_SHARD, NO_STATUS } from './heat-map.ts';
import { type BandRange, bandRange, lagRank, worstByBand } from './worst-by-band.ts';

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
  const pieces = new Map<number, RingPiece | null>();
  for (const each of points) {
    for (const shard of each?.shards ?? []) {
      if (!pieces.has(shard)) pieces.set(shard, pieceOf(shard));
    }
  }
  const bands = heatBands(
    [...pieces.values()].filter((piece) => piece !== null),
    ROWS_MAX,
  );
  const rangeOf = new Map(
    [...pieces].map(([shard, piece]) => [shard, piece === null ? null : bandRange(bands, piece)]),
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
  let of: ArrayLike<number> = [];
  let ranges: readonly (BandRange | null)[] = [];
  for (const [column, each] of points.entries()) {
    if (each === null) continue;
    // Most periods have the same shards as the one before.
    if (each.shards.length !== of.length || each.shards.some((shard, i) => shard !== of[i])) {
      of = each.shards;
      ranges = Array.from(of, (shard) => rangeOf.get(shard) ?? null);
    }
    const ranks = new Float64Array(each.atMost.length);
    for (let i = 0; i < each.atMost.length; i += 1) {
      ranks[i] = lagRank(each.statuses[i] ?? 'UNKNOWN', each.atMost[i] ?? Number.NaN);
    }
    for (const [band, worst] of worstByBand(bands.length, ranges, ranks).entries()) {
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
