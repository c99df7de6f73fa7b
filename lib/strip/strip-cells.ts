import type { RingShard } from './ring-shards.ts';

/**
 * A box of the strip, `x` and `width` in CSS pixels: one shard, or a column in which many thin ones fall
 * together. Places are inclusive.
 */
export type StripCell = {
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
 * Cuts the strip into cells from left to right. A shard that is wide enough is a cell of its own; each run
 * of thin ones becomes columns, and a thin shard belongs to each column that it touches.
 */
export function stripCells(ring: readonly RingShard[], stripWidth: number): readonly StripCell[] {
  const cells: StripCell[] = [];
  let place = 0;
  while (place < ring.length) {
    if (isWide(ring[place], stripWidth)) {
      cells.push(cellOf(ring, place, place, stripWidth));
      place += 1;
      continue;
    }
    let last = place;
    while (last + 1 < ring.length && !isWide(ring[last + 1], stripWidth)) last += 1;
    cells.push(...columnsOf(ring, place, last, stripWidth));
    place = last + 1;
  }
  return cells;
}

function isWide(shard: RingShard | undefined, stripWidth: number): boolean {
  return shard !== undefined && (shard.end - shard.start) * stripWidth >= FRAME_WIDTH_MIN;
}

function cellOf(
  ring: readonly RingShard[],
  firstPlace: number,
  lastPlace: number,
  stripWidth: number,
): StripCell {
  const x = (ring[firstPlace]?.start ?? 0) * stripWidth;
  const end = (ring[lastPlace]?.end ?? 1) * stripWidth;
  return { x, width: end - x, firstPlace, lastPlace };
}

function columnsOf(
  ring: readonly RingShard[],
  firstPlace: number,
  lastPlace: number,
  stripWidth: number,
): readonly StripCell[] {
  const whole = cellOf(ring, firstPlace, lastPlace, stripWidth);
  const count = Math.max(1, Math.floor(whole.width / COLUMN_WIDTH));
  const width = whole.width / count;
  const columns: StripCell[] = [];
  let first = firstPlace;
  for (let i = 0; i < count; i += 1) {
    const x = whole.x + i * width;
    while (first < lastPlace && endOf(ring, first, stripWidth) <= x) first += 1;
    let last = first;
    while (last < lastPlace && endOf(ring, last, stripWidth) < x + width) last += 1;
    columns.push({ x, width, firstPlace: first, lastPlace: last });
  }
  return columns;
}

function endOf(ring: readonly RingShard[], place: number, stripWidth: number): number {
  return (ring[place]?.end ?? 1) * stripWidth;
}
