import { isAlone, type RingPiece, ringCells } from './ring-cells.ts';
import type { ShardMark } from './shard-mark.ts';
import { UNKNOWN_MARK } from './shard-mark.ts';
import { worstPlace } from './worst-place.ts';

/** The part of the ring that is looked at, as shares of it: 0 <= from < to <= 1. */
export type RingWindow = { readonly from: number; readonly to: number };

export const WHOLE_WINDOW: RingWindow = { from: 0, to: 1 };

/**
 * Units across a map: a shard that is as wide as 4 of them is a cell of its own, thinner ones fall together
 * into columns of 2. So at most 512 shards stand alone, and a map has some 1,024 cells, which is what a
 * screen can show of it.
 */
const MAP_UNITS = 2_048;

/** A cell of a map. `start` and `end` are shares of the window; places are those of the whole ring. */
export type MapCell = {
  readonly start: number;
  readonly end: number;
  readonly firstPlace: number;
  readonly lastPlace: number;
  /** One shard, as wide as it is. */
  readonly alone: boolean;
};

/**
 * The open shards within a window, folded to what can be drawn.
 * @param ring where each open shard lies, as shares of the ring, in order
 */
export function mapCells(ring: readonly RingPiece[], window: RingWindow): readonly MapCell[] {
  const span = window.to - window.from;
  const first = ring.findIndex((piece) => piece.end > window.from);
  if (first < 0) return [];
  const pieces: RingPiece[] = [];
  for (let place = first; place < ring.length; place += 1) {
    const piece = ring[place];
    if (piece === undefined || piece.start >= window.to) break;
    pieces.push({
      start: clamp((piece.start - window.from) / span),
      end: clamp((piece.end - window.from) / span),
    });
  }
  return ringCells(pieces, MAP_UNITS).map((cell) => ({
    start: cell.x / MAP_UNITS,
    end: (cell.x + cell.width) / MAP_UNITS,
    firstPlace: first + cell.firstPlace,
    lastPlace: first + cell.lastPlace,
    alone: isAlone(cell),
  }));
}

/** What a cell shows: the worst of its shards, and at which place that is. */
export type CellMark = ShardMark & { readonly worstPlace: number };

/** @param marks of all open shards of the ring, by place */
export function markCells(
  cells: readonly MapCell[],
  marks: readonly ShardMark[],
): readonly CellMark[] {
  return cells.map(({ firstPlace, lastPlace }) => {
    const worst = worstPlace(marks, firstPlace, lastPlace);
    return { ...(marks[worst] ?? UNKNOWN_MARK), worstPlace: worst };
  });
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
