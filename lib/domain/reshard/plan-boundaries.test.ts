import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HashRange } from '#lib/domain/hash-range.ts';
import {
  areBoundaries,
  type Boundaries,
  boundariesApart,
  rangesOf,
  sameBoundaries,
  shardCountOf,
  unionShardCount,
} from './boundaries.ts';
import { planBoundaries } from './plan-boundaries.ts';
import { type BoundaryStep, boundariesAfter, stepFault } from './step.ts';
import { anyBoundaries, keys, mirrored, smallBoundaries } from './testing/small-ring.ts';

const RING = 9;

/** Every state from the first to the last. @throws where a step is refused */
function statesOf(start: Boundaries, steps: readonly BoundaryStep[]): Boundaries[] {
  const states = [start];
  for (const step of steps) states.push(boundariesAfter(states.at(-1) ?? [], step));
  return states;
}

function liesWithin(inner: HashRange, outer: readonly HashRange[]): boolean {
  return outer.some(({ start, end }) => start <= inner.start && inner.end <= end);
}

function isSafe(state: Boundaries, old: Boundaries, wanted: Boundaries): boolean {
  const [before, after] = [rangesOf(old), rangesOf(wanted)];
  return rangesOf(state).every((range) => liesWithin(range, before) || liesWithin(range, after));
}

/** Every state that one legal operation at a place of the small ring leads to. */
function nextStates(state: Boundaries, places: Boundaries): Boundaries[] {
  return places.flatMap((at) =>
    (['split', 'merge'] as const)
      .map((kind): BoundaryStep => ({ kind, at }))
      .filter((step) => stepFault(state, step) === null)
      .map((step) => boundariesAfter(state, step)),
  );
}

/** How many operations lead to `wanted` by trying all; null: none do. */
function bruteOperations(
  start: Boundaries,
  wanted: Boundaries,
  allowed: (state: Boundaries) => boolean = () => true,
): number | null {
  const places = keys(...Array.from({ length: RING - 1 }, (_, i) => i + 1));
  let front = [start];
  const seen = new Set([start.join()]);
  for (let operations = 0; front.length > 0; operations += 1) {
    if (front.some((state) => sameBoundaries(state, wanted))) return operations;
    const next: Boundaries[] = [];
    for (const state of front.flatMap((one) => nextStates(one, places))) {
      if (seen.has(state.join()) || !allowed(state)) continue;
      seen.add(state.join());
      next.push(state);
    }
    front = next;
  }
  return null;
}

describe('planBoundaries', () => {
  it('needs as many operations as trying everything finds, and refuses just what nothing leads to', () => {
    fc.assert(
      fc.property(smallBoundaries(RING), smallBoundaries(RING), (old, wanted) => {
        const plan = planBoundaries(old, wanted, 100);
        const least = bruteOperations(old, wanted);
        if (!plan.ok) {
          expect(plan.why).toBe('unreachable-boundaries');
          expect(least).toBeNull();
          return;
        }
        expect(plan.steps).toHaveLength(least ?? -1);
        expect(statesOf(old, plan.steps).at(-1)).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('finds the smallest bound on the peak that works', () => {
    fc.assert(
      fc.property(smallBoundaries(RING), smallBoundaries(RING), (old, wanted) => {
        const generous = planBoundaries(old, wanted, 100);
        fc.pre(generous.ok && generous.joinedFirst.length === 0);
        const tight = planBoundaries(old, wanted, 0);
        const smallest = tight.ok || tight.why !== 'peak-too-low' ? 0 : tight.smallest;
        const reaches = (bound: number) =>
          bruteOperations(
            old,
            wanted,
            (state) => shardCountOf(state) <= bound && isSafe(state, old, wanted),
          ) !== null && Math.max(shardCountOf(old), shardCountOf(wanted)) <= bound;
        expect(reaches(smallest)).toBe(true);
        expect(reaches(smallest - 1)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps each bound that it does not refuse, with the same few operations', () => {
    fc.assert(
      fc.property(anyBoundaries(14), anyBoundaries(14), fc.nat(30), (one, other, bound) => {
        const wanted = [...new Set([...other, ...one.filter((_, i) => i % 3 === 0)])].sort(
          (a, b) => (a < b ? -1 : 1),
        );
        const plan = planBoundaries(one, wanted, bound);
        if (!plan.ok) {
          expect(plan.why === 'peak-too-low' && plan.smallest > bound).toBe(true);
          return;
        }
        const states = statesOf(one, plan.steps);
        expect(states.at(-1)).toEqual(wanted);
        expect(plan.steps).toHaveLength(boundariesApart(one, wanted));
        expect(Math.max(...states.map(shardCountOf))).toBe(plan.peakShards);
        expect(plan.peakShards).toBeLessThanOrEqual(bound);
        for (const state of states) {
          expect(areBoundaries(state)).toBe(true);
          expect(isSafe(state, one, wanted)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('splits before it merges where there is room', () => {
    fc.assert(
      fc.property(anyBoundaries(12), anyBoundaries(12), (old, wanted) => {
        const plan = planBoundaries(old, wanted, unionShardCount(old, wanted));
        expect(plan.ok && plan.joinedFirst).toEqual([]);
        const kinds = plan.ok ? plan.steps.map(({ kind }) => kind) : [];
        expect(kinds.lastIndexOf('split')).toBeLessThan(
          kinds.includes('merge') ? kinds.indexOf('merge') : kinds.length,
        );
      }),
    );
  });

  it('does not go from one boundary to another with two shards', () => {
    expect(planBoundaries(keys(100), keys(200), 2)).toEqual({
      ok: false,
      why: 'peak-too-low',
      smallest: 3,
    });
    expect(planBoundaries(keys(100), keys(200), 3)).toMatchObject({ ok: true, peakShards: 3 });
  });

  it('passes through one shard more than it has, however many move', () => {
    const plan = planBoundaries(keys(10, 20, 30, 40), keys(15, 25, 35, 45), 6);
    expect(plan).toMatchObject({ ok: true, peakShards: 6 });
    expect(plan.ok && plan.steps.map(({ kind }) => kind).join()).toBe(
      'split,merge,split,merge,split,merge,split,merge',
    );
  });

  it('names a boundary that no split can make, and the nearest that one can', () => {
    expect(planBoundaries([], keys(1, 50, 51), 9)).toEqual({
      ok: false,
      why: 'unreachable-boundaries',
      unreachable: [
        { wanted: 1n, nearest: 2n },
        { wanted: 50n, nearest: 49n },
        { wanted: 51n, nearest: 52n },
      ],
    });
    expect(planBoundaries([], mirrored(keys(1)), 9)).toMatchObject({
      why: 'unreachable-boundaries',
    });
    expect(planBoundaries(keys(50, 51), keys(50, 51, 90), 9)).toMatchObject({ ok: true });
  });

  it('joins first where a new boundary would stand a key beside an old one', () => {
    expect(planBoundaries(keys(50, 90), keys(51, 95), 9)).toEqual({
      ok: true,
      steps: [
        { kind: 'merge', at: 50n },
        { kind: 'split', at: 51n },
        { kind: 'split', at: 95n },
        { kind: 'merge', at: 90n },
      ],
      peakShards: 4,
      joinedFirst: [50n],
    });
  });
});
