/** A stretch of the ring, or of a window on it, as shares of it: `start` inclusive, `end` exclusive, 0 .. 1. */
export type RingPiece = { readonly start: number; readonly end: number };

/**
 * A box of a picture of the ring, `x` and `width` in the units of the picture: one piece, or a column in
 * which many thin ones fall together. Places are inclusive.
 */
export type RingCell = {
  readonly x: number;
  readonly width: number;
  readonly firstPlace: number;
  readonly lastPlace: number;
};

/** Below this width a frame cannot be told from its neighbours, and falls together with them. */
export const FRAME_WIDTH_MIN = 4;
/** Columns of thin frames: wide enough for one hot shard in a thousand to be seen. */
export const COLUMN_WIDTH = 2;

/**
 * Cuts a picture of the ring, `width` units wide, into cells from left to right. A piece that is wide enough
 * is a cell of its own; each run of thin ones becomes columns, and a thin piece belongs to each column that
 * it touches. There are at most `width / COLUMN_WIDTH` cells, and one more for each thin run.
 *
 * @param pieces side by side, in order
 */
export function ringCells(pieces: readonly RingPiece[], width: number): readonly RingCell[] {
  const cells: RingCell[] = [];
  let place = 0;
  while (place < pieces.length) {
    if (isWide(pieces[place], width)) {
      cells.push(cellOf(pieces, place, place, width));
      place += 1;
      continue;
    }
    let last = place;
    while (last + 1 < pieces.length && !isWide(pieces[last + 1], width)) last += 1;
    cells.push(...columnsOf(pieces, place, last, width));
    place = last + 1;
  }
  return cells;
}

/** Does the cell show one piece, and that as wide as it is? */
export function isAlone(cell: RingCell): boolean {
  return cell.firstPlace === cell.lastPlace && cell.width >= FRAME_WIDTH_MIN;
}

function isWide(piece: RingPiece | undefined, width: number): boolean {
  return piece !== undefined && (piece.end - piece.start) * width >= FRAME_WIDTH_MIN;
}

function cellOf(
  pieces: readonly RingPiece[],
  firstPlace: number,
  lastPlace: number,
  width: number,
): RingCell {
  const x = (pieces[firstPlace]?.start ?? 0) * width;
  const end = (pieces[lastPlace]?.end ?? 1) * width;
  return { x, width: end - x, firstPlace, lastPlace };
}

function columnsOf(
  pieces: readonly RingPiece[],
  firstPlace: number,
  lastPlace: number,
  width: number,
): readonly RingCell[] {
  const whole = cellOf(pieces, firstPlace, lastPlace, width);
  const count = Math.max(1, Math.floor(whole.width / COLUMN_WIDTH));
  const columnWidth = whole.width / count;
  const columns: RingCell[] = [];
  let first = firstPlace;
  for (let i = 0; i < count; i += 1) {
    const x = whole.x + i * columnWidth;
    while (first < lastPlace && endOf(pieces, first, width) <= x) first += 1;
    let last = first;
    while (last < lastPlace && endOf(pieces, last, width) < x + columnWidth) last += 1;
    columns.push({ x, width: columnWidth, firstPlace: first, lastPlace: last });
  }
  return columns;
}

function endOf(pieces: readonly RingPiece[], place: number, width: number): number {
  return (pieces[place]?.end ?? 1) * width;
}
