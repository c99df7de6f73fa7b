import { HASH_KEY_SPACE, toFraction } from './hash-key.ts';
import type { HashRange } from './hash-range.ts';
import type { LineageShard } from './lineage.ts';
import type { RingWindow } from './ring-map.ts';

/** What is looked at: a part of the ring, and a span of time (epoch milliseconds). */
export type LineageFrame = {
  readonly window: RingWindow;
  readonly fromMs: number;
  readonly toMs: number;
};

/**
 * A shard as a band, as wide as its range, from its creation to its end; or several of one state that are too
 * small to be told apart.
 */
export type LineageBand = {
  /** Shares of the window, 0 .. 1. */
  readonly start: number;
  readonly end: number;
  /** Creation, of several the first; null where it is not known: before all that is. */
  readonly createdAtMs: number | null;
  /** End, of several the last; null while open. */
  readonly endedAtMs: number | null;
  readonly state: LineageShard['state'];
  readonly count: number;
  /** Set where it is one shard. */
  readonly shard: LineageShard | null;
};

export type LineagePicture = {
  /** From left to right, of the same place the oldest first. */
  readonly bands: readonly LineageBand[];
  /** Shards that ended at a time that nobody knows: they have no place in the picture. */
  readonly undatedCount: number;
};

/** The finest grid: what is narrower than a column, or shorter than a row, may fall together with its like. */
const COLUMNS = 512;
const ROWS = 256;
const COLUMNS_MIN = 8;

/**
 * The bands of all shards in sight. Of one instant they cover the ring exactly once, as far as the times of the
 * shards are known: a parent's band ends where its children's begin.
 * @param bandsMax from which number on more of them fall together, on coarser and coarser grids
 */
export function lineageBands(
  shards: readonly LineageShard[],
  frame: LineageFrame,
  bandsMax: number,
): LineagePicture {
  const dated = shards.filter((shard) => shard.state === 'open' || shard.endedAtMs !== null);
  const inSight = dated
    .map((shard) => bandOf(shard, frame))
    .filter((band) => band !== null)
    .sort((a, b) => a.start - b.start || (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0));
  let bands = fold(inSight, frame, COLUMNS, ROWS);
  for (
    let columns = COLUMNS / 2, rows = ROWS / 2;
    columns >= COLUMNS_MIN;
    columns /= 2, rows /= 2
  ) {
    if (bands.length <= bandsMax) break;
    bands = fold(inSight, frame, columns, rows);
  }
  return {
    bands: [...bands].sort(
      (a, b) => a.start - b.start || (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0),
    ),
    undatedCount: shards.length - dated.length,
  };
}

/** Where a range begins and ends (exclusive), as shares of the ring. */
export function ringShares({ start, end }: HashRange): { start: number; end: number } {
  const beyond = end + 1n;
  return { start: toFraction(start), end: beyond === HASH_KEY_SPACE ? 1 : toFraction(beyond) };
}

// 128-bit arithmetic takes most of the time, and ranges never change.
const shares = new WeakMap<HashRange, { readonly start: number; readonly end: number }>();

function bandOf(shard: LineageShard, frame: LineageFrame): LineageBand | null {
  const { createdAtMs, endedAtMs, state } = shard;
  if ((createdAtMs ?? 0) > frame.toMs) return null;
  if (endedAtMs !== null && endedAtMs < frame.fromMs) return null;
  const { from, to } = frame.window;
  const ring = shares.get(shard.shard.range) ?? ringShares(shard.shard.range);
  shares.set(shard.shard.range, ring);
  if (ring.end <= from || ring.start >= to) return null;
  return {
    start: Math.max(0, (ring.start - from) / (to - from)),
    end: Math.min(1, (ring.end - from) / (to - from)),
    createdAtMs,
    endedAtMs: state === 'open' ? null : endedAtMs,
    state,
    count: 1,
    shard,
  };
}

/** @param bands from left to right */
function fold(
  bands: readonly LineageBand[],
  frame: LineageFrame,
  columns: number,
  rows: number,
): readonly LineageBand[] {
  const folded: LineageBand[] = [];
  /** Place in `folded` of the rightmost band of each group. */
  const lastOf = new Map<number, number>();
  for (const band of bands) {
    const group = groupOf(band, frame, columns, rows);
    const place = group === null ? undefined : lastOf.get(group);
    const last = place === undefined ? undefined : folded[place];
    if (place !== undefined && last !== undefined && band.start - last.end < 1 / columns) {
      folded[place] = join(last, band);
      continue;
    }
    if (group !== null) lastOf.set(group, folded.length);
    folded.push(band);
  }
  return folded;
}

/** What a band may fall together with bears the same number; null stands alone. */
function groupOf(
  { start, end, createdAtMs, endedAtMs, state }: LineageBand,
  { fromMs, toMs }: LineageFrame,
  columns: number,
  rows: number,
): number | null {
  const row = (ms: number) =>
    1 + Math.floor(((Math.min(toMs, Math.max(fromMs, ms)) - fromMs) / (toMs - fromMs)) * rows);
  const first = createdAtMs === null ? 0 : row(createdAtMs);
  const last = endedAtMs === null ? rows + 2 : Math.min(rows + 1, row(endedAtMs));
  const isThin = (end - start) * columns < 1;
  if (!isThin && first !== last) return null;
  const [left, right] = isThin
    ? [0, 0]
    : [1 + Math.floor(start * columns), Math.floor(end * columns)];
  const size = rows + 3;
  const wide = columns + 2;
  return (((STATES.indexOf(state) * size + first) * size + last) * wide + left) * wide + right;
}

const STATES: readonly LineageShard['state'][] = ['open', 'closed', 'expired'];

function join(a: LineageBand, b: LineageBand): LineageBand {
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    createdAtMs:
      a.createdAtMs === null || b.createdAtMs === null
        ? null
        : Math.min(a.createdAtMs, b.createdAtMs),
    endedAtMs:
      a.endedAtMs === null || b.endedAtMs === null ? null : Math.max(a.endedAtMs, b.endedAtMs),
    state: a.state,
    count: a.count + b.count,
    shard: null,
  };
}
