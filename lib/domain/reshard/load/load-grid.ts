import { HASH_KEY_SPACE, type HashKey } from '#lib/domain/hash-key.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { binCount, binEnd, type LoadEstimate, totalRate } from './load-estimate.ts';
import { rateBefore } from './load-of-range.ts';
import { writeUse } from './write-rate.ts';

/**
 * Where boundaries may come to stand, with the load between them as use of one shard's limits. The resolution at which
 * a partition by load is the best that there is.
 */
export type LoadGrid = {
  /** Ascending, from 0 to 2^128: the edges of the grid's cells. Two keys or more lie between two edges. */
  readonly edges: readonly bigint[];
  /** Use of the write limits by all that lies before each edge, of one shard. */
  readonly bytesUse: Float64Array;
  readonly recordsUse: Float64Array;
  /** Which edges are boundaries at present. */
  readonly isPresent: readonly boolean[];
};

/** Cells that all shards together may have, at most and at least: finer for few shards than for many. */
const CELLS = 65_536;
const CELLS_PER_SHARD_MIN = 4;
const CELLS_PER_SHARD_MAX = 64;

/**
 * A grid whose cells carry a small part of what each of `count` shards would, as far as the bins' load may be spread
 * at all: a bin as narrow as a single key stays a cell.
 */
export function loadGrid(load: LoadEstimate, count: number, present: Boundaries): LoadGrid {
  const perShard = Math.min(
    CELLS_PER_SHARD_MAX,
    Math.max(CELLS_PER_SHARD_MIN, Math.floor(CELLS / count)),
  );
  const cellUse = writeUse(totalRate(load)) / count / perShard;
  const candidates = binEdges(load, cellUse);
  const edges = withPresent(candidates, present);
  const isBoundary = new Set<bigint>(present);
  const bytesUse = new Float64Array(edges.length);
  const recordsUse = new Float64Array(edges.length);
  edges.forEach((edge, i) => {
    const { bytesPerSecond, recordsPerSecond } = rateBefore(load, edge);
    bytesUse[i] = bytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax;
    recordsUse[i] = recordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax;
  });
  return { edges, bytesUse, recordsUse, isPresent: edges.map((edge) => isBoundary.has(edge)) };
}

/** Use of one shard's tighter limit by what lies between two edges. */
export function loadBetween(grid: LoadGrid, from: number, to: number): number {
  return Math.max(
    (grid.bytesUse[to] ?? 0) - (grid.bytesUse[from] ?? 0),
    (grid.recordsUse[to] ?? 0) - (grid.recordsUse[from] ?? 0),
  );
}

export function cellCount(grid: LoadGrid): number {
  return grid.edges.length - 1;
}

export function boundariesAt(grid: LoadGrid, places: readonly number[]): Boundaries {
  return places.map((place) => grid.edges[place] as HashKey);
}

/** The starts of all bins, and places within those that carry more than `cellUse`. */
function binEdges(load: LoadEstimate, cellUse: number): bigint[] {
  const edges: bigint[] = [];
  for (let place = 0; place < binCount(load); place += 1) {
    const start = load.starts[place] ?? 0n;
    const width = binEnd(load, place) - start;
    edges.push(start);
    const use = writeUse({
      bytesPerSecond: (load.bytesBefore[place + 1] ?? 0) - (load.bytesBefore[place] ?? 0),
      recordsPerSecond: (load.recordsBefore[place + 1] ?? 0) - (load.recordsBefore[place] ?? 0),
    });
    const pieces = cellUse > 0 ? Math.min(CELLS, Math.ceil(use / cellUse - 1e-9)) : 1;
    if (pieces < 2 || width < BigInt(pieces) * 4n) continue;
    const piece = width / BigInt(pieces);
    for (let i = 1; i < pieces; i += 1) edges.push(start + piece * BigInt(i));
  }
  return edges;
}

/** Puts the present boundaries among the edges; an edge that would stand a key beside another gives way. */
function withPresent(candidates: readonly bigint[], present: Boundaries): bigint[] {
  const edges: bigint[] = [0n];
  let next = 0;
  const push = (edge: bigint) => {
    if (edge - (edges.at(-1) ?? 0n) >= 2n && HASH_KEY_SPACE - edge >= 2n) edges.push(edge);
  };
  for (const edge of candidates) {
    for (; (present[next] ?? HASH_KEY_SPACE) <= edge; next += 1) push(present[next] ?? 0n);
    // What stands a key before a present boundary would take its place.
    if ((present[next] ?? HASH_KEY_SPACE) - edge >= 2n) push(edge);
  }
  for (const boundary of present.slice(next)) push(boundary);
  edges.push(HASH_KEY_SPACE);
  return edges;
}
