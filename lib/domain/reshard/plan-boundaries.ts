import type { HashKey } from '#lib/domain/hash-key.ts';
import { type Boundaries, type SidedBoundary, shardCountOf, sidesOf } from './boundaries.ts';
import { orderSplits, type SplitOrder } from './order-splits.ts';
import type { BoundaryStep } from './step.ts';
import { type Unreachable, unreachableBoundaries } from './unreachable.ts';

export type BoundaryPlan = {
  readonly ok: true;
  /** As few as there can be: one for each boundary that only one of the two partitions has. */
  readonly steps: readonly BoundaryStep[];
  /** The most shards that are open at a time. */
  readonly peakShards: number;
  /**
   * Old boundaries that must go before a new one a single key beside them can stand. Only there is a shard, for the
   * time of two steps, wider than both partitions have it.
   */
  readonly joinedFirst: readonly HashKey[];
};

export type NoBoundaryPlan =
  | {
      readonly ok: false;
      readonly why: 'unreachable-boundaries';
      readonly unreachable: readonly Unreachable[];
    }
  /** `smallest`: the lowest bound on the peak that works. */
  | { readonly ok: false; readonly why: 'peak-too-low'; readonly smallest: number };

/**
 * Splits and merges that lead from one partition to another with as few operations as there can be.
 *
 *   every state covers the ring; no shard is wider than one of the old or of the new partition that it lies in, so
 *   none carries more than max(old, new)
 *   where the bound allows, all splits come before all merges, from left to right: what is hot is relieved first
 *   where it does not, merges are put in between as late as they can be, in the order that needs the fewest shards
 *
 * @param peakShardsMax open shards of the stream at a time; a present partition that is above it only shrinks
 */
export function planBoundaries(
  present: Boundaries,
  wanted: Boundaries,
  peakShardsMax: number,
): BoundaryPlan | NoBoundaryPlan {
  const unreachable = unreachableBoundaries(present, wanted);
  if (unreachable.length > 0) return { ok: false, why: 'unreachable-boundaries', unreachable };

  const { steps, sides, joinedFirst } = untangle(sidesOf(present, wanted));
  const started = shardCountOf(present);
  const count = 1 + sides.filter(({ side }) => side !== 'new').length;
  if (sides.length + 1 <= peakShardsMax) {
    steps.push(...splitsThenMerges(sides));
    return { ok: true, steps, peakShards: Math.max(started, sides.length + 1), joinedFirst };
  }
  const order = orderSplits(sides);
  const smallest = Math.max(started, lowestPeak(order, count));
  if (smallest > peakShardsMax) return { ok: false, why: 'peak-too-low', smallest };
  const peakShards = Math.max(started, pushWithin(steps, order, count, peakShardsMax));
  return { ok: true, steps, peakShards, joinedFirst };
}

/** Moves old boundaries that a new one would come too close to, each at once; the sides of what is left to do. */
function untangle(all: readonly SidedBoundary[]) {
  const steps: BoundaryStep[] = [];
  const gone = new Set<HashKey>();
  const added = new Set<HashKey>();
  for (const [i, { at, side }] of all.entries()) {
    if (side !== 'new') continue;
    const beside = [all[i - 1], all[i + 1]].filter(
      (one) => one?.side === 'old' && isBeside(one.at, at) && !gone.has(one.at),
    );
    if (beside.length === 0) continue;
    for (const one of beside) {
      if (one === undefined) continue;
      gone.add(one.at);
      steps.push({ kind: 'merge', at: one.at });
    }
    added.add(at);
    steps.push({ kind: 'split', at });
  }
  const sides = all
    .filter(({ at }) => !gone.has(at))
    .map((one): SidedBoundary => (added.has(one.at) ? { at: one.at, side: 'both' } : one));
  return { steps, sides, joinedFirst: [...gone] };
}

function isBeside(a: HashKey, b: HashKey): boolean {
  return a - b === 1n || b - a === 1n;
}

function splitsThenMerges(sides: readonly SidedBoundary[]): BoundaryStep[] {
  const of = (wanted: SidedBoundary['side'], kind: BoundaryStep['kind']) =>
    sides.filter(({ side }) => side === wanted).map(({ at }): BoundaryStep => ({ kind, at }));
  return [...of('new', 'split'), ...of('old', 'merge')];
}

/** The peak where each merge is done as soon as it may be. */
function lowestPeak({ free, splits }: SplitOrder, start: number): number {
  let count = start - free.length;
  let peak = start;
  for (const { releases } of splits) {
    count += 1;
    peak = Math.max(peak, count);
    count -= releases.length;
  }
  return peak;
}

/** Puts the steps in that order, with no merge before it must be. @returns the peak */
function pushWithin(
  steps: BoundaryStep[],
  { free, splits }: SplitOrder,
  start: number,
  peakShardsMax: number,
): number {
  const released = [...free];
  let merged = 0;
  let count = start;
  let peak = start;
  const merge = () => {
    const at = released[merged];
    if (at === undefined) throw new RangeError('No merge is left that would make room for a split');
    steps.push({ kind: 'merge', at });
    merged += 1;
    count -= 1;
  };
  for (const { at, releases } of splits) {
    while (count >= peakShardsMax) merge();
    steps.push({ kind: 'split', at });
    count += 1;
    peak = Math.max(peak, count);
    released.push(...releases);
  }
  while (merged < released.length) merge();
  return peak;
}
