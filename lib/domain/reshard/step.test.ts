import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX } from '#lib/domain/hash-key.ts';
import { WHOLE_RING } from '#lib/domain/hash-range.ts';
import { uniformBoundaries } from './boundaries.ts';
import { planBoundaries } from './plan-boundaries.ts';
import { shardCountFaultOf, shardCountPath } from './shard-count-rules.ts';
import { boundariesAfter, boundariesAfterSteps, type Step, stepFault, stepRange } from './step.ts';
import { anyBoundaries, keys } from './testing/small-ring.ts';

const [at100] = keys(100);
const split = (at: bigint): Step => ({ kind: 'split', at: keys(at)[0] ?? at100 ?? HASH_KEY_MAX });
const merge = (at: bigint): Step => ({ kind: 'merge', at: keys(at)[0] ?? at100 ?? HASH_KEY_MAX });

describe('a step', () => {
  it('is undone by its opposite', () => {
    const before = keys(50, 200);
    expect(boundariesAfter(before, split(100n))).toEqual(keys(50, 100, 200));
    expect(boundariesAfter(keys(50, 100, 200), merge(100n))).toEqual(before);
  });

  it.each([
    [split(51n), 'splits-too-close'],
    [split(52n), null],
    [split(198n), null],
    [split(199n), 'splits-too-close'],
    [split(200n), 'boundary-is-there'],
    [merge(100n), 'no-such-boundary'],
    [{ kind: 'update-shard-count', count: 7 } satisfies Step, 'beyond-shard-count-rules'],
    [{ kind: 'update-shard-count', count: 6 } satisfies Step, null],
  ])('%o between 50 and 200: %s', (step, fault) => {
    expect(stepFault(keys(50, 200), step)).toBe(fault);
    if (fault !== null) expect(() => boundariesAfter(keys(50, 200), step)).toThrow(RangeError);
  });

  it('changes only its own part of the ring', () => {
    expect(stepRange(keys(50, 200), split(100n))).toEqual({ start: 50n, end: 199n });
    expect(stepRange(keys(50, 200), merge(50n))).toEqual({ start: 0n, end: 199n });
    expect(stepRange(keys(50), merge(50n))).toEqual(WHOLE_RING);
    expect(stepRange([], { kind: 'update-shard-count', count: 2 })).toEqual(WHOLE_RING);
  });
});

describe('boundariesAfterSteps', () => {
  it('is what the steps give one after the other', () => {
    fc.assert(
      fc.property(anyBoundaries(10), anyBoundaries(10), fc.nat(20), (old, wanted, done) => {
        const plan = planBoundaries(old, wanted, 100);
        const steps: readonly Step[] = plan.ok
          ? [...plan.steps, { kind: 'update-shard-count', count: wanted.length + 1 }]
          : [];
        let state = old;
        for (const step of steps.slice(0, done)) state = boundariesAfter(state, step);
        expect(boundariesAfterSteps(old, steps, done)).toEqual(state);
      }),
    );
  });
});

describe('shardCountPath', () => {
  it('takes only counts that UpdateShardCount takes, and as few as doubling allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (now, count) => {
          let at = now;
          for (const next of shardCountPath(now, count)) {
            expect(shardCountFaultOf(at, next)).toBeNull();
            at = next;
          }
          expect(at).toBe(count);
          expect(shardCountPath(now, count)).toHaveLength(
            count > now ? Math.ceil(Math.log2(count / now)) : halvings(now, count),
          );
        },
      ),
    );
  });

  it('ends in equal ranges', () => {
    expect(boundariesAfter(keys(5, 9), { kind: 'update-shard-count', count: 4 })).toEqual(
      uniformBoundaries(4),
    );
  });
});

function halvings(now: number, count: number): number {
  let [at, calls] = [now, 0];
  while (at > count) {
    at = Math.ceil(at / 2);
    calls += 1;
  }
  return calls;
}
