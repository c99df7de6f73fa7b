import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_MAX, hashKey, toFraction } from '#lib/domain/hash-key.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { rangesOf, uniformBoundaries } from '#lib/domain/reshard/boundaries.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import { loadEstimate } from '#lib/domain/reshard/load/load-estimate.ts';
import { isLoadUnknown, loadOfRange } from '#lib/domain/reshard/load/load-of-range.ts';
import { writeUse } from '#lib/domain/reshard/load/write-rate.ts';
import type { PlanOutcome, ReshardPlan } from '#lib/domain/reshard/plan.ts';
import { boundariesAfter } from '#lib/domain/reshard/step.ts';
import { contextOf, layoutOf, partStart } from '#lib/domain/reshard/testing/goal-context.ts';
import { anyBoundaries, keys } from '#lib/domain/reshard/testing/small-ring.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { Goal, GoalContext } from './goal.ts';
import { planGoal } from './plan-goal.ts';

function planned(outcome: PlanOutcome): ReshardPlan {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.why}`);
  return outcome.plan;
}

function refusal(outcome: PlanOutcome): string {
  return outcome.ok ? 'planned' : outcome.refusal.why;
}

function busiest(ctx: GoalContext, plan: ReshardPlan): number {
  return Math.max(...rangesOf(plan.to).map((range) => writeUse(loadOfRange(ctx.load, range))));
}

const split = (shard: number, cut: Extract<Goal, { kind: 'split-shard' }>['cut']): Goal => ({
  kind: 'split-shard',
  shardId: shardIdOf(shard),
  cut,
});

const uses = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
const anyGoal: fc.Arbitrary<Goal> = fc.oneof(
  fc.record({
    kind: fc.constant('split-shard' as const),
    shardId: fc.nat(14).map(shardIdOf),
    cut: fc.oneof(
      fc.constant({ by: 'middle' as const }),
      fc.constant({ by: 'load-median' as const }),
      fc.record({
        by: fc.constant('hash-key' as const),
        at: fc.bigInt({ min: 0n, max: HASH_KEY_MAX }).map(hashKey),
      }),
    ),
  }),
  fc.record({
    kind: fc.constant('merge-shards' as const),
    shardIds: fc.tuple(fc.nat(12).map(shardIdOf), fc.nat(12).map(shardIdOf)),
  }),
  fc.record({
    kind: fc.constant('scale-to-count' as const),
    count: fc.integer({ max: 40, min: -1 }),
  }),
  fc.record({
    kind: fc.constant('scale-to-fit' as const),
    headroom: fc.double({ min: 0, max: 2, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('rebalance' as const),
    count: fc.integer({ min: 1, max: 30 }),
    slack: fc.constantFrom(0, 0.05),
  }),
  fc.record({
    kind: fc.constant('isolate-key' as const),
    at: fc.bigInt({ min: 0n, max: HASH_KEY_MAX }).map(hashKey),
  }),
  fc.record({ kind: fc.constant('merge-cold' as const), useMax: fc.double({ min: 0.1, max: 1 }) }),
  fc.record({ kind: fc.constant('boundaries' as const), boundaries: anyBoundaries(12) }),
);

describe('planGoal', () => {
  it('plans only what Kinesis takes, step by step, within the peak that it states', () => {
    fc.assert(
      fc.property(uses, anyGoal, fc.integer({ min: 2, max: 60 }), (given, goal, peakShardsMax) => {
        const ctx = contextOf(given, { peakShardsMax });
        const outcome = planGoal(ctx, goal);
        if (!outcome.ok) return;
        const { plan } = outcome;
        let state = boundariesOf(ctx.layout);
        let peak = state.length + 1;
        expect(plan.from).toEqual(state);
        expect(plan.steps.length).toBeGreaterThan(0);
        for (const step of plan.steps) {
          state = boundariesAfter(state, step);
          peak = Math.max(peak, state.length + 1);
        }
        expect(state).toEqual(plan.to);
        expect(peak).toBeLessThanOrEqual(plan.peakShards);
        expect(plan.peakShards).toBeLessThanOrEqual(Math.max(peakShardsMax, given.length));
      }),
      { numRuns: 400 },
    );
  });

  it('plans nothing for an on-demand stream', () => {
    fc.assert(
      fc.property(anyGoal, (goal) => {
        expect(refusal(planGoal(contextOf([0.5, 0.5], { mode: 'ON_DEMAND' }), goal))).toBe(
          'on-demand',
        );
      }),
    );
  });
});

describe('split a shard', () => {
  const half = keys(2n ** 127n);

  it('in its middle, at a key, or where its load is halved', () => {
    const ctx = contextOf([0.2]);
    expect(planned(planGoal(ctx, split(0, { by: 'middle' }))).to).toEqual(half);
    const at = hashKey(77n);
    expect(planned(planGoal(ctx, split(0, { by: 'hash-key', at }))).to).toEqual([at]);
    const load = loadEstimate([
      { start: hashKey(0n), bytesPerSecond: 0, recordsPerSecond: 0 },
      { start: hashKey(partStart(3, 4)), bytesPerSecond: 1_000, recordsPerSecond: 0 },
    ]);
    const plan = planned(planGoal(contextOf([0.2], { load }), split(0, { by: 'load-median' })));
    expect(toFraction(plan.to[0] ?? 0n)).toBeCloseTo(0.875, 9);
    expect(plan.remarks).toEqual([]);
  });

  it('says where the load was taken to be even', () => {
    const plan = planned(planGoal(contextOf([0.2, 0.9]), split(1, { by: 'load-median' })));
    expect(plan.remarks).toMatchObject([{ kind: 'taken-as-even' }]);
  });

  it('says that one key is too hot for a split, and which', () => {
    const hot = partStart(1, 3);
    const load = loadEstimate([
      { start: hashKey(0n), bytesPerSecond: 0.1 * MEBIBYTE, recordsPerSecond: 1 },
      { start: hashKey(hot), bytesPerSecond: 1.2 * MEBIBYTE, recordsPerSecond: 1 },
      { start: hashKey(hot + 2n), bytesPerSecond: 0.1 * MEBIBYTE, recordsPerSecond: 1 },
    ]);
    const plan = planned(planGoal(contextOf([1.4], { load }), split(0, { by: 'load-median' })));
    expect(plan.remarks).toMatchObject([
      { kind: 'key-too-hot', at: hot, use: 1.2 },
      { kind: 'split-does-little' },
    ]);
  });

  it.each([
    [split(9, { by: 'middle' }), 'no-such-shard'],
    [split(0, { by: 'hash-key', at: hashKey(1n) }), 'cannot-split-there'],
    [split(0, { by: 'hash-key', at: HASH_KEY_MAX }), 'cannot-split-there'],
    [split(1, { by: 'load-median' }), 'load-unknown'],
    [split(1, { by: 'middle' }), 'planned'],
  ] as const)('%o: %s', (goal, why) => {
    expect(refusal(planGoal(contextOf([0.1, null]), goal))).toBe(why);
  });

  it('refuses a shard that is too narrow to be cut', () => {
    const layout = layoutOf(keys(100, 103));
    expect(refusal(planGoal(contextOf([0, 0, 0], { layout }), split(1, { by: 'middle' })))).toBe(
      'too-narrow',
    );
  });
});

describe('merge', () => {
  const merge = (a: number, b: number): Goal => ({
    kind: 'merge-shards',
    shardIds: [shardIdOf(a), shardIdOf(b)],
  });

  it('takes two neighbours in either order, and nothing else', () => {
    const ctx = contextOf([0.1, 0.1, 0.1]);
    const [first, second] = uniformBoundaries(3);
    expect(planned(planGoal(ctx, merge(1, 2))).to).toEqual([first]);
    expect(planned(planGoal(ctx, merge(1, 0))).to).toEqual([second]);
    expect(refusal(planGoal(ctx, merge(0, 2)))).toBe('not-neighbours');
    expect(refusal(planGoal(ctx, merge(1, 1)))).toBe('not-neighbours');
    expect(refusal(planGoal(ctx, merge(1, 7)))).toBe('no-such-shard');
  });

  it('joins the cold, as many as stay below the bound together, and none of unknown load', () => {
    const cold: Goal = { kind: 'merge-cold', useMax: 0.5 };
    const ctx = contextOf([0.1, 0.1, 0.1, 0.3, 0.9, 0.1, null, 0.1, 0.2]);
    const places = planned(planGoal(ctx, cold)).to.map((at) =>
      boundariesOf(ctx.layout).indexOf(at),
    );
    expect(places).toEqual([2, 3, 4, 5, 6]);
    expect(refusal(planGoal(contextOf([0.4, 0.4]), cold))).toBe('none-cold');
  });

  it('joins no shards whose readers would want for more', () => {
    const cold: Goal = { kind: 'merge-cold', useMax: 0.5 };
    const read = (...given: readonly (readonly [number, number] | null)[]) =>
      new Map(
        given.flatMap((one, i) =>
          one === null
            ? []
            : [[shardIdOf(i), { bytesPerSecond: one[0] * 2 * MEBIBYTE, refusedCalls: one[1] }]],
        ),
      );
    const joined = (reads: ReturnType<typeof read>) => {
      const outcome = planGoal(contextOf([0.1, 0.1, 0.1], { reads }), cold);
      return outcome.ok ? outcome.plan.to.length + 1 : 3;
    };
    expect(joined(read([0.1, 0], [0.1, 0], [0.1, 0]))).toBe(1);
    // By bytes: two together are below half of the limit, three are not.
    expect(joined(read([0.2, 0], [0.2, 0], [0.2, 0]))).toBe(2);
    expect(joined(read([0.3, 0], [0.3, 0], [0.3, 0]))).toBe(3);
    // By calls: they do not add up, but whose are refused has none to spare.
    expect(joined(read([0.1, 0], [0.1, 7], [0.1, 0]))).toBe(3);
    // What is known of one speaks against it, also where the other is unknown.
    expect(joined(read(null, [0.6, 0], null))).toBe(3);
    const unknown = planned(planGoal(contextOf([0.1, 0.1, 0.1]), cold));
    expect(unknown.remarks).toEqual([{ kind: 'reads-unknown' }]);
    const known = read([0.1, 0], [0.1, 0], [0.1, 0]);
    expect(planned(planGoal(contextOf([0.1, 0.1, 0.1], { reads: known }), cold)).remarks).toEqual(
      [],
    );
  });

  it('merges only what stays below the use that was given', () => {
    const cold: Goal = { kind: 'merge-cold', useMax: 0.5 };
    fc.assert(
      fc.property(uses, (given) => {
        const any = contextOf(given);
        const outcome = planGoal(any, cold);
        if (!outcome.ok) return;
        const before = new Set(
          rangesOf(outcome.plan.from).map(({ start, end }) => `${start}-${end}`),
        );
        for (const range of rangesOf(outcome.plan.to)) {
          if (before.has(`${range.start}-${range.end}`)) continue;
          expect(writeUse(loadOfRange(any.load, range))).toBeLessThan(0.5 + 1e-9);
        }
      }),
    );
  });
});

describe('scale to a count', () => {
  const scale = (count: number): Goal => ({ kind: 'scale-to-count', count });

  it('calls UpdateShardCount where that is fewer operations, in steps beyond double', () => {
    const plan = planned(planGoal(contextOf([0.1, 0.1, 0.1, 0.1]), scale(18)));
    expect(plan.steps).toEqual([
      { kind: 'update-shard-count', count: 8 },
      { kind: 'update-shard-count', count: 16 },
      { kind: 'update-shard-count', count: 18 },
    ]);
    expect(plan.choice).toMatchObject({ method: 'update-shard-count', calls: 3 });
    expect(plan.to).toEqual(uniformBoundaries(18));
  });

  it('splits and merges where that is as few', () => {
    expect(planned(planGoal(contextOf([0.1]), scale(2)))).toMatchObject({
      steps: [{ kind: 'split' }],
      choice: { because: 'as-few-operations', operations: 1, calls: 1 },
    });
  });

  it('splits and merges where the calls of the day are spent, or would open too many', () => {
    const spent = contextOf([0.1, 0.1, 0.1], { shardCountCallsLeft: 0 });
    const plan = planned(planGoal(spent, scale(6)));
    expect(plan.choice).toMatchObject({ because: 'calls-used-up', callsLeft: 0, operations: 3 });
    expect(plan.steps).toHaveLength(3);
    // From 4 to 5 both layouts together are 8 shards.
    const narrow = contextOf([0.1, 0.1, 0.1, 0.1], { peakShardsMax: 7 });
    expect(planned(planGoal(narrow, scale(5)))).toMatchObject({
      choice: { because: 'calls-peak', peakOfCalls: 8 },
      peakShards: 7,
    });
  });

  it('makes as many shards equal that are not, and moves none that is as good as there', () => {
    const off = uniformBoundaries(4).map((at, i) => hashKey(at + BigInt(i)));
    expect(refusal(planGoal(contextOf([0, 0, 0, 0], { layout: layoutOf(off) }), scale(4)))).toBe(
      'nothing-to-do',
    );
    const uneven = contextOf([0, 0, 0, 0], { layout: layoutOf(keys(100, 200, 300)) });
    expect(planned(planGoal(uneven, scale(4))).steps).toEqual([
      { kind: 'update-shard-count', count: 4 },
    ]);
  });

  it.each([0, 1.5, 10_001, Number.NaN])('refuses %d', (count) => {
    expect(refusal(planGoal(contextOf([0.1]), scale(count)))).toBe('bad-shard-count');
  });
});

describe('by load', () => {
  it('rebalances with the busiest as low as was promised', () => {
    const ctx = contextOf([0.9, 0.1, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1]);
    const plan = planned(planGoal(ctx, { kind: 'rebalance', count: 8, slack: 0.05 }));
    expect(plan.to).toHaveLength(7);
    expect(busiest(ctx, plan)).toBeLessThanOrEqual((2.4 / 8) * 1.05 * 1.05);
    expect(plan.choice).toEqual({ method: 'boundaries', because: 'not-uniform' });
  });

  it('scales to as few as carry the load with the headroom', () => {
    fc.assert(
      fc.property(uses, fc.double({ min: 0, max: 1, noNaN: true }), (given, headroom) => {
        const ctx = contextOf(given);
        const outcome = planGoal(ctx, { kind: 'scale-to-fit', headroom });
        if (!outcome.ok) {
          expect(['no-load', 'nothing-to-do']).toContain(outcome.refusal.why);
          return;
        }
        const { plan } = outcome;
        const total = given.reduce((a, b) => a + b, 0);
        const least = Math.ceil(total * (1 + headroom) - 1e-6);
        expect(busiest(ctx, plan)).toBeLessThanOrEqual(1 / (1 + headroom) + 1e-6);
        expect(plan.to.length + 1).toBeGreaterThanOrEqual(least);
        // Cells are a 64th of a shard at most: a shard may end that much short of full.
        expect(plan.to.length + 1).toBeLessThanOrEqual(Math.ceil(least * (1 + 1 / 32)) + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('says what one key alone makes impossible', () => {
    const hot = partStart(1, 3);
    const load = loadEstimate([
      { start: hashKey(0n), bytesPerSecond: 0.1 * MEBIBYTE, recordsPerSecond: 1 },
      { start: hashKey(hot), bytesPerSecond: 1.2 * MEBIBYTE, recordsPerSecond: 1 },
      { start: hashKey(hot + 2n), bytesPerSecond: 0.1 * MEBIBYTE, recordsPerSecond: 1 },
    ]);
    const plan = planned(
      planGoal(contextOf([1.4], { load }), { kind: 'scale-to-fit', headroom: 0.3 }),
    );
    expect(plan.remarks).toMatchObject([
      { kind: 'key-too-hot', at: hot },
      { kind: 'above-target', use: 1.2 },
    ]);
  });

  it.each([
    [{ kind: 'rebalance', count: 2, slack: 0.05 }, 'load-unknown'],
    [{ kind: 'scale-to-fit', headroom: 0.3 }, 'load-unknown'],
  ] as const)('refuses %o where a part of the load is unknown', (goal, why) => {
    expect(refusal(planGoal(contextOf([0.1, null]), goal))).toBe(why);
    expect(refusal(planGoal(contextOf([0, 0]), goal))).toBe('no-load');
  });

  it('finds the unknown among many', () => {
    const ctx = contextOf([null, 0.1, null, null, 0.2]);
    expect(ctx.layout.map(({ range }) => isLoadUnknown(ctx.load, range))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('isolate a key', () => {
  it('gives it a shard of two keys, wherever it lies', () => {
    fc.assert(
      fc.property(anyBoundaries(8), fc.bigInt({ min: 0n, max: HASH_KEY_MAX }), (list, key) => {
        const at = hashKey(key);
        const layout = layoutOf(list);
        const outcome = planGoal(
          contextOf(
            layout.map(() => 0),
            { layout },
          ),
          {
            kind: 'isolate-key',
            at,
          },
        );
        const { to, steps } = planned(outcome);
        const holder = rangesOf(to).find(({ start, end }) => start <= at && at <= end);
        expect(holder && holder.end - holder.start).toBe(1n);
        expect(steps.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it.each([
    [99n, [100n], [98n, 100n]],
    [100n, [100n], [100n, 102n]],
    [100n, [101n], [99n, 101n]],
    [1n, [], [2n]],
    [0n, [], [2n]],
  ] as const)('%s beside %o: %o', (at, present, to) => {
    const layout = layoutOf(keys(...present));
    const outcome = planGoal(
      contextOf(
        layout.map(() => 0),
        { layout },
      ),
      {
        kind: 'isolate-key',
        at: hashKey(at),
      },
    );
    expect(planned(outcome).to).toEqual(to);
  });

  it('leaves alone what is alone', () => {
    const layout = layoutOf(keys(100, 102));
    expect(
      refusal(
        planGoal(contextOf([0, 0, 0], { layout }), { kind: 'isolate-key', at: hashKey(101n) }),
      ),
    ).toBe('already-alone');
  });
});

describe('given boundaries', () => {
  it('are planned, or refused with what is wrong with them', () => {
    const ctx = contextOf([0.1, 0.1]);
    const go = (boundaries: readonly bigint[]): Goal => ({
      kind: 'boundaries',
      boundaries: boundaries.map(hashKey),
    });
    expect(planned(planGoal(ctx, go([50n]))).steps).toHaveLength(2);
    expect(refusal(planGoal(ctx, go([50n, 50n])))).toBe('bad-boundaries');
    expect(refusal(planGoal(ctx, go([50n, 51n])))).toBe('unreachable-boundaries');
    expect(refusal(planGoal(ctx, go([2n ** 127n])))).toBe('nothing-to-do');
    expect(refusal(planGoal({ ...ctx, peakShardsMax: 2 }, go([50n])))).toBe('peak-too-low');
  });

  it('lead back to a former layout', () => {
    const before = contextOf([0.1, 0.5, 0.1]);
    const there = planned(planGoal(before, split(1, { by: 'middle' })));
    const after = contextOf([0, 0, 0, 0], { layout: layoutOf(there.to) });
    const back = planGoal(after, { kind: 'former-layout', boundaries: there.from });
    expect(planned(back).to).toEqual(there.from);
  });
});
