import { emptyStreamValues, type Frame, unpackFloats } from '#lib/domain/frame.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import type { CellMark, MapCell, RingWindow } from '#lib/domain/ring-map.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import { readingOf, type ShardReading, UNKNOWN_READING } from '#lib/domain/shard-readings.ts';
import { shardFigures } from '#lib/domain/throughput.ts';
import { bytesOfBase64 } from '#lib/live/bytes-of-base64.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';
import type { RingGeometry, RingMap } from '#lib/live/ring-map.ts';
import { type RingShard, ringShard } from './ring-shards.ts';

/** A shard that the map shows alone. */
export type AloneShard = {
  readonly cell: number;
  readonly place: number;
  readonly shard: RingShard;
  readonly reading: ShardReading;
};

/** A map as it is drawn: cells, what each shows, and the shards that stand alone with their figures. */
export type StripModel = {
  readonly cells: readonly MapCell[];
  readonly marks: readonly CellMark[];
  /** By cell. */
  readonly alone: ReadonlyMap<number, AloneShard>;
  readonly period: FigurePeriod | null;
};

const MILLION = 1_000_000;

export function stripModel(map: RingMap & { readonly geometry: RingGeometry }): StripModel {
  const { geometry, period } = map;
  const { cells, shards } = readGeometry(geometry);
  const use = unpackFloats(bytesOfBase64(map.use));
  const throttled = new Set(map.throttled);
  const readings = aloneReadings(map, shards.length);
  return {
    cells,
    marks: cells.map((cell, i) => ({
      use: use[i] ?? Number.NaN,
      throttled: throttled.has(i),
      worstPlace: cell.firstPlace + (map.worst[i] ?? 0),
    })),
    alone: new Map(
      shards.map(({ cell, shard }, i) => [
        cell,
        {
          cell,
          place: cells[cell]?.firstPlace ?? 0,
          shard,
          reading: readings[i] ?? UNKNOWN_READING,
        },
      ]),
    ),
    period,
  };
}

/** Cells of a map of `seen` as they lie in `drawn`, while the map of that is under way. */
export function piecesIn(
  cells: readonly RingPiece[],
  seen: RingWindow,
  drawn: RingWindow,
): readonly RingPiece[] {
  if (seen.from === drawn.from && seen.to === drawn.to) return cells;
  const span = drawn.to - drawn.from;
  const at = (share: number) =>
    Math.min(1, Math.max(0, (seen.from + share * (seen.to - seen.from) - drawn.from) / span));
  return cells.map((cell) => ({ start: at(cell.start), end: at(cell.end) }));
}

type ReadGeometry = {
  readonly cells: readonly MapCell[];
  readonly shards: readonly { readonly cell: number; readonly shard: RingShard }[];
};

/** A geometry stays for many periods: it is read once, and forgotten with it. */
const read = new WeakMap<RingGeometry, ReadGeometry>();

function readGeometry(geometry: RingGeometry): ReadGeometry {
  const known = read.get(geometry);
  if (known !== undefined) return known;
  const alone = new Set(geometry.alone.map(({ cell }) => cell));
  const result = {
    cells: geometry.starts.map((start, i) => ({
      start: start / MILLION,
      end: (geometry.ends[i] ?? MILLION) / MILLION,
      firstPlace: geometry.firstPlaces[i] ?? 0,
      lastPlace: geometry.lastPlaces[i] ?? 0,
      alone: alone.has(i),
    })),
    shards: geometry.alone.map(({ cell, ...shard }) => ({ cell, shard: ringShard(shard) })),
  };
  read.set(geometry, result);
  return result;
}

function aloneReadings(map: RingMap, count: number): readonly ShardReading[] {
  if (map.period === null) return [];
  const frame: Frame = {
    ...map.period,
    topologyId: map.topologyId,
    stream: emptyStreamValues(),
    shards: unpackFloats(bytesOfBase64(map.aloneValues)),
  };
  if (frame.shards.length !== count * SHARD_METRICS.length) return [];
  return Array.from({ length: count }, (_, place) => readingOf(shardFigures(frame, place)));
}
