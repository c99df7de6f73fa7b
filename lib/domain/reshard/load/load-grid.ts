import { HASH_KEY_SPACE, type HashKey } from '#lib/domain/hash-key.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { binCount, binEnd, type LoadEstimate, rateOfBins, totalRate } from './load-estimate.ts';
import { binShare, rateWithin } from './load-of-range.ts';
import { type WriteRate, writeUse } from './write-rate.ts';

/**
 * Where boundaries may come to stand, with the load between them as use of one shard's limits: the resolution at which
 * a partition by load is the best that there is. The ring is cut into stretches at the bins of the estimate and at the
 * present boundaries, and each stretch into equal cells. Edges of cells go by number, 0 for the start of the ring and
 * the number of cells for its end: only those that are chosen are worked out as hash keys.
 */
export type LoadGrid = {
  /** First key of each stretch, ascending, the first 0: two keys or more apart. */
  readonly stretchStarts: readonly bigint[];
  /** The edge at which each stretch begins; and at the end, the edge at the end of the ring. */
  readonly stretchEdges: Int32Array;
  /** Use of the write limits, of one shard, by all that lies before each edge. */
  readonly bytesUse: Float64Array;
  readonly recordsUse: Float64Array;
  /** 1 where an edge is a boundary at present. */
  readonly isPresent: Uint8Array;
};

/** Cells that all shards together may have, and what of them each may: finer for few shards than for many. */
const CELLS = 65_536;
const CELLS_PER_SHARD_MIN = 4;
const CELLS_PER_SHARD_MAX = 64;

/** Narrower cells would leave no room for the rule that two keys stay on each side of a cut. */
const CELL_WIDTH_MIN = 4n;

/**
 * A grid whose cells carry a small part of what each of `count` shards would, as far as the load of the bins may be
 * spread at all: what is as narrow as a single key stays a cell.
 */
export function loadGrid(load: LoadEstimate, count: number, present: Boundaries): LoadGrid {
  const perShard = Math.min(
    CELLS_PER_SHARD_MAX,
    Math.max(CELLS_PER_SHARD_MIN, Math.floor(CELLS / count)),
  );
  const cellUse = writeUse(totalRate(load)) / count / perShard;
  const stretchStarts = stretchesOf(load, present);
  const before = ratesAt(load, stretchStarts);
  const cells = cellsOf(stretchStarts, before, cellUse);
  const stretchEdges = new Int32Array(cells.length + 1);
  cells.forEach((ofStretch, i) => {
    stretchEdges[i + 1] = (stretchEdges[i] ?? 0) + ofStretch;
  });
  return {
    stretchStarts,
    stretchEdges,
    bytesUse: usesAt(stretchEdges, before, 'bytesPerSecond', SHARD_LIMITS.writeBytesPerSecondMax),
    recordsUse: usesAt(
      stretchEdges,
      before,
      'recordsPerSecond',
      SHARD_LIMITS.writeRecordsPerSecondMax,
    ),
    isPresent: presentEdges(stretchStarts, stretchEdges, present),
  };
}

/** Use of one shard's tighter limit by what lies between two edges. */
export function loadBetween({ bytesUse, recordsUse }: LoadGrid, from: number, to: number): number {
  return Math.max(
    (bytesUse[to] ?? 0) - (bytesUse[from] ?? 0),
    (recordsUse[to] ?? 0) - (recordsUse[from] ?? 0),
  );
}

export function cellCount(grid: LoadGrid): number {
  return grid.bytesUse.length - 1;
}

/** The hash keys of edges. @param edges ascending, within the ring */
export function boundariesAt(grid: LoadGrid, edges: readonly number[]): Boundaries {
  const { stretchStarts, stretchEdges } = grid;
  let stretch = 0;
  return edges.map((edge) => {
    while ((stretchEdges[stretch + 1] ?? edge + 1) <= edge) stretch += 1;
    const start = stretchStarts[stretch] ?? 0n;
    const first = stretchEdges[stretch] ?? 0;
    if (edge === first) return start as HashKey;
    const width = (stretchStarts[stretch + 1] ?? HASH_KEY_SPACE) - start;
    const cells = (stretchEdges[stretch + 1] ?? first + 1) - first;
    return (start + (width * BigInt(edge - first)) / BigInt(cells)) as HashKey;
  });
}

/** The starts of all bins and all present boundaries; a bin's gives way where it stands a key beside another. */
function stretchesOf(load: LoadEstimate, present: Boundaries): bigint[] {
  const starts: bigint[] = [0n];
  let next = 0;
  const push = (start: bigint) => {
    if (start - (starts.at(-1) ?? 0n) >= 2n && HASH_KEY_SPACE - start >= 2n) starts.push(start);
  };
  for (const start of load.starts) {
    for (; (present[next] ?? HASH_KEY_SPACE) <= start; next += 1) push(present[next] ?? 0n);
    // What stands a key before a present boundary would take its place.
    if ((present[next] ?? HASH_KEY_SPACE) - start >= 2n) push(start);
  }
  for (const boundary of present.slice(next)) push(boundary);
  return starts;
}

/** What is written to all keys before each stretch, and to all of the ring, in one pass over stretches and bins. */
function ratesAt(load: LoadEstimate, starts: readonly bigint[]): readonly WriteRate[] {
  let bin = 0;
  const rates = starts.map((start) => {
    while (bin + 1 < binCount(load) && binEnd(load, bin) <= start) bin += 1;
    return start === load.starts[bin]
      ? rateOfBins(load, 0, bin)
      : rateWithin(load, bin, binShare(load, bin)(start));
  });
  return [...rates, totalRate(load)];
}

/** Into how many cells each stretch is cut. */
function cellsOf(
  starts: readonly bigint[],
  before: readonly WriteRate[],
  cellUse: number,
): readonly number[] {
  return starts.map((start, i) => {
    const use = writeUse(difference(before[i], before[i + 1]));
    const cells = cellUse > 0 ? Math.min(CELLS, Math.ceil(use / cellUse - 1e-9)) : 1;
    if (cells < 2) return 1;
    const width = (starts[i + 1] ?? HASH_KEY_SPACE) - start;
    return width < BigInt(cells) * CELL_WIDTH_MIN ? 1 : cells;
  });
}

function difference(from: WriteRate | undefined, to: WriteRate | undefined): WriteRate {
  return {
    bytesPerSecond: (to?.bytesPerSecond ?? 0) - (from?.bytesPerSecond ?? 0),
    recordsPerSecond: (to?.recordsPerSecond ?? 0) - (from?.recordsPerSecond ?? 0),
  };
}

function usesAt(
  stretchEdges: Int32Array,
  before: readonly WriteRate[],
  of: keyof WriteRate,
  perSecondMax: number,
): Float64Array {
  const uses = new Float64Array((stretchEdges.at(-1) ?? 0) + 1);
  for (let stretch = 0; stretch + 1 < stretchEdges.length; stretch += 1) {
    const [first, next] = [stretchEdges[stretch] ?? 0, stretchEdges[stretch + 1] ?? 0];
    const low = (before[stretch]?.[of] ?? 0) / perSecondMax;
    const high = (before[stretch + 1]?.[of] ?? 0) / perSecondMax;
    for (let edge = first; edge < next; edge += 1) {
      uses[edge] = low + ((high - low) * (edge - first)) / (next - first);
    }
    uses[next] = high;
  }
  return uses;
}

function presentEdges(
  starts: readonly bigint[],
  stretchEdges: Int32Array,
  present: Boundaries,
): Uint8Array {
  const isPresent = new Uint8Array((stretchEdges.at(-1) ?? 0) + 1);
  let next = 0;
  starts.forEach((start, i) => {
    while ((present[next] ?? start) < start) next += 1;
    if (present[next] === start) isPresent[stretchEdges[i] ?? 0] = 1;
  });
  return isPresent;
}
