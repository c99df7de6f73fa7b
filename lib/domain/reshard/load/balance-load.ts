import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { boundariesAt, cellCount, type LoadGrid, loadBetween } from './load-grid.ts';

/** A partition by load, and the use of its busiest shard. */
export type BalancedPartition = { readonly boundaries: Boundaries; readonly use: number };

/** To which part of itself the lowest use is found: far below what any metric tells. */
const EXACTNESS = 1e-7;

/**
 * The lowest use of the busiest shard that `count` shards can have, by both write limits: binary search on that use,
 * with a sweep from the left that fills each shard up to it. The best there is at the grid's resolution.
 */
export function lowestBusiestUse(grid: LoadGrid, count: number): number {
  const cells = cellCount(grid);
  let fullest = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    fullest = Math.max(fullest, loadBetween(grid, cell, cell + 1));
  }
  const total = loadBetween(grid, 0, cells);
  let low = Math.max(fullest, total / count);
  if (shardsWithin(grid, low) <= count) return low;
  // A sweep leaves less than a cell of each shard empty by either limit, and fills each by one of the two.
  let high = Math.min(total, 2 * low + fullest);
  while (high - low > high * EXACTNESS) {
    const middle = (low + high) / 2;
    if (shardsWithin(grid, middle) <= count) high = middle;
    else low = middle;
  }
  return high;
}

/** How few shards carry the load with none above `useMax`, but for cells that are above it by themselves. */
export function shardsWithin({ bytesUse, recordsUse }: LoadGrid, useMax: number): number {
  const cells = bytesUse.length - 1;
  let shards = 0;
  // Dozens of sweeps over up to 100,000 cells: the sums are compared as they lie.
  for (let from = 0; from < cells; ) {
    const bytesMax = (bytesUse[from] ?? 0) + useMax;
    const recordsMax = (recordsUse[from] ?? 0) + useMax;
    let to = from + 1;
    while (
      to < cells &&
      (bytesUse[to + 1] ?? 0) <= bytesMax &&
      (recordsUse[to + 1] ?? 0) <= recordsMax
    ) {
      to += 1;
    }
    from = to;
    shards += 1;
  }
  return shards;
}

/**
 * A partition into `count` shards, none above `useMax`, that leaves as many present boundaries where they are as a
 * sweep can: moving one costs two operations of half a minute each.
 *
 *   sweep from the left: end each shard at the last present boundary within reach, if the rest can still be done
 *   then give back present boundaries that it passed over, the busiest shards first
 *   then cut the busiest in halves, until there are `count`
 *
 * @param useMax at least `lowestBusiestUse(grid, count)`
 * @returns fewer shards only where the grid has fewer cells
 */
export function balanceLoad(grid: LoadGrid, count: number, useMax: number): BalancedPartition {
  const reach = reachOf(grid, useMax);
  let ends = sweep(grid, reach, count);
  ends = giveBack(grid, ends, count);
  while (ends.length < count) {
    const more = cutBusiest(grid, ends, count);
    if (more.length === ends.length) break;
    ends = more;
  }
  return { boundaries: boundariesAt(grid, ends.slice(0, -1)), use: busiestUse(grid, ends) };
}

/** For each edge the farthest that a shard beginning there may end at; a cell above the bound is a shard. */
function reachOf(grid: LoadGrid, useMax: number): Int32Array {
  const cells = cellCount(grid);
  const reach = new Int32Array(cells);
  let to = 0;
  for (let from = 0; from < cells; from += 1) {
    to = Math.max(to, from + 1);
    while (to < cells && loadBetween(grid, from, to + 1) <= useMax) to += 1;
    reach[from] = to;
  }
  return reach;
}

/** @returns the edges at which shards end, the end of the ring included */
function sweep(grid: LoadGrid, reach: Int32Array, count: number): number[] {
  const cells = cellCount(grid);
  const needed = new Int32Array(cells + 1);
  for (let from = cells - 1; from >= 0; from -= 1) {
    needed[from] = 1 + (needed[reach[from] ?? cells] ?? 0);
  }
  const ends: number[] = [];
  const lastPresent = lastPresentOf(grid);
  for (let from = 0; from < cells; ) {
    const farthest = reach[from] ?? cells;
    const present = lastPresent[farthest] ?? 0;
    const isAffordable = ends.length + 1 + (needed[present] ?? 0) <= count;
    from = farthest < cells && present > from && isAffordable ? present : farthest;
    ends.push(from);
  }
  return ends;
}

/** For each edge the last at or before it that is a present boundary; 0 where none is. */
function lastPresentOf(grid: LoadGrid): Int32Array {
  const last = new Int32Array(grid.isPresent.length);
  grid.isPresent.forEach((isPresent, edge) => {
    last[edge] = isPresent === 1 ? edge : (last[edge - 1] ?? 0);
  });
  return last;
}

function giveBack(grid: LoadGrid, ends: readonly number[], count: number): number[] {
  const passed: { readonly edge: number; readonly use: number }[] = [];
  let from = 0;
  for (const end of ends) {
    const use = loadBetween(grid, from, end);
    for (let edge = from + 1; edge < end; edge += 1) {
      if (grid.isPresent[edge] === 1) passed.push({ edge, use });
    }
    from = end;
  }
  const back = passed.sort((a, b) => b.use - a.use).slice(0, Math.max(0, count - ends.length));
  return [...ends, ...back.map(({ edge }) => edge)].sort((a, b) => a - b);
}

/** Cuts as many of the busiest shards as are wanted more, each once. */
function cutBusiest(grid: LoadGrid, ends: readonly number[], count: number): number[] {
  const cuts = ends
    .map((to, i) => ({ from: ends[i - 1] ?? 0, to }))
    .filter(({ from, to }) => to - from > 1)
    .sort((a, b) => loadBetween(grid, b.from, b.to) - loadBetween(grid, a.from, a.to))
    .slice(0, count - ends.length)
    .map(({ from, to }) => middleOf(grid, from, to));
  return [...ends, ...cuts].sort((a, b) => a - b);
}

/** The edge that leaves the busier side least used. */
function middleOf(grid: LoadGrid, from: number, to: number): number {
  let [low, high] = [from + 1, to - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (loadBetween(grid, from, middle) >= loadBetween(grid, middle, to)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function busiestUse(grid: LoadGrid, ends: readonly number[]): number {
  return ends.reduce((most, end, i) => Math.max(most, loadBetween(grid, ends[i - 1] ?? 0, end)), 0);
}
