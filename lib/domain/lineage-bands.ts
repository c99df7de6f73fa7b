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
  const inSight = dated.flatMap((shard) => bandOf(shard, frame) ?? []);
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

function bandOf(shard: LineageShard, frame: LineageFrame): LineageBand | null {
  const { createdAtMs, endedAtMs, state } = shard;
  if ((createdAtMs ?? 0) > frame.toMs) return null;
  if (endedAtMs !== null && endedAtMs < frame.fromMs) return null;
  const { from, to } = frame.window;
  const ring = ringShares(shard.shard.range);
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

type Gridded = { readonly band: LineageBand; readonly group: string };

function fold(
  bands: readonly LineageBand[],
  frame: LineageFrame,
  columns: number,
  rows: number,
): readonly LineageBand[] {
  const grouped = bands
    .map((band) => ({ band, group: groupOf(band, frame, columns, rows) }))
    .sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.band.start - b.band.start));
  const folded: Gridded[] = [];
  for (const next of grouped) {
    const last = folded.at(-1);
    if (
      last !== undefined &&
      next.group !== '' &&
      last.group === next.group &&
      next.band.start - last.band.end < 1 / columns
    ) {
      folded[folded.length - 1] = { band: join(last.band, next.band), group: next.group };
    } else {
      folded.push(next);
    }
  }
  return folded.map(({ band }) => band);
}

/** What a band may fall together with bears the same name; '' stands alone. */
function groupOf(
  band: LineageBand,
  { fromMs, toMs }: LineageFrame,
  columns: number,
  rows: number,
): string {
  const row = (ms: number | null, unknown: number) =>
    ms === null ? unknown : Math.floor(((Math.max(fromMs, ms) - fromMs) / (toMs - fromMs)) * rows);
  const [first, last] = [row(band.createdAtMs, -1), row(band.endedAtMs, rows + 1)];
  if ((band.end - band.start) * columns < 1) return `thin ${band.state} ${first} ${last}`;
  if (first !== last) return '';
  const [left, right] = [Math.floor(band.start * columns), Math.floor(band.end * columns)];
  return `short ${band.state} ${first} ${left} ${right}`;
}

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
