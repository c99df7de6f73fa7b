import { type ConsumerStatus, STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import { packFloats, unpackFloats } from '#lib/domain/frame.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { base64OfBytes } from '#lib/live/base64-of-bytes.ts';
import { bytesOfBase64 } from '#lib/live/bytes-of-base64.ts';

export const NO_STATUS = 255;
export const NO_SHARD = -1;

/**
 * Lag of an application: rows are stretches of the hash-key space, in its order, columns are periods. Cells run row by
 * row, and each shows the worst shard of its row in its period.
 */
export type HeatMap = {
  readonly applicationId: number;
  /** Start of the first column, epoch milliseconds. */
  readonly fromMs: number;
  readonly periodSeconds: number;
  readonly columns: number;
  readonly bands: readonly RingPiece[];
  /** Seconds; NaN where unknown, or nothing was recorded. */
  readonly atLeast: Float32Array;
  readonly atMost: Float32Array;
  /** Place in STATUSES_WORST_FIRST; NO_STATUS where nothing was recorded. */
  readonly status: Uint8Array;
  /** The number in the id of the shard that is shown; NO_SHARD for none. */
  readonly shard: Int32Array;
};

/** The same on the wire: base64 of little-endian columns. */
export type HeatMapView = Omit<HeatMap, 'bands' | 'atLeast' | 'atMost' | 'status' | 'shard'> & {
  /** Bounds of the rows as shares of the ring, one more than there are rows. */
  readonly bounds: readonly number[];
  readonly atLeast: string;
  readonly atMost: string;
  readonly status: string;
  readonly shard: string;
};

export function packHeatMap(map: HeatMap): HeatMapView {
  const { bands, atLeast, atMost, status, shard, ...rest } = map;
  return {
    ...rest,
    bounds: [...bands.map(({ start }) => start), 1],
    atLeast: base64OfBytes(packFloats(atLeast)),
    atMost: base64OfBytes(packFloats(atMost)),
    status: base64OfBytes(status),
    // Shard numbers below 2^24 are exact as float32; a stream that was resharded 16 million times is none.
    shard: base64OfBytes(packFloats(Float32Array.from(shard))),
  };
}

/** @throws RangeError where the columns are not as long as the rows and periods say: a defect of the server */
export function unpackHeatMap(view: HeatMapView): HeatMap {
  const { bounds, columns } = view;
  const bands = bounds.slice(1).map((end, i) => ({ start: bounds[i] ?? 0, end }));
  const map: HeatMap = {
    applicationId: view.applicationId,
    fromMs: view.fromMs,
    periodSeconds: view.periodSeconds,
    columns,
    bands,
    atLeast: unpackFloats(bytesOfBase64(view.atLeast)),
    atMost: unpackFloats(bytesOfBase64(view.atMost)),
    status: bytesOfBase64(view.status),
    shard: Int32Array.from(unpackFloats(bytesOfBase64(view.shard))),
  };
  const size = bands.length * columns;
  if ([map.atLeast, map.atMost, map.status, map.shard].some(({ length }) => length !== size)) {
    throw new RangeError(
      `A heat map of ${bands.length} rows and ${columns} periods has ${size} cells`,
    );
  }
  return map;
}

export type HeatCell = {
  readonly band: number;
  readonly column: number;
  readonly periodStartMs: number;
  /** null: nothing was recorded. */
  readonly status: ConsumerStatus | null;
  readonly atLeastSeconds: number;
  readonly atMostSeconds: number;
  readonly shard: number | null;
};

/** null where the map has no such cell. */
export function heatCell(map: HeatMap, band: number, column: number): HeatCell | null {
  if (band < 0 || column < 0 || band >= map.bands.length || column >= map.columns) return null;
  const i = band * map.columns + column;
  const shard = map.shard[i] ?? NO_SHARD;
  return {
    band,
    column,
    periodStartMs: map.fromMs + column * map.periodSeconds * 1_000,
    status: STATUSES_WORST_FIRST[map.status[i] ?? NO_STATUS] ?? null,
    atLeastSeconds: map.atLeast[i] ?? Number.NaN,
    atMostSeconds: map.atMost[i] ?? Number.NaN,
    shard: shard === NO_SHARD ? null : shard,
  };
}
