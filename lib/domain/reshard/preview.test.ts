import { describe, expect, it } from 'vitest';
import { shardIdOf } from '#lib/domain/shard.ts';
import { NOTHING_MEASURED } from './duration.ts';
import type { Goal } from './goals/goal.ts';
import { planGoal } from './goals/plan-goal.ts';
import { layoutFingerprint } from './layout.ts';
import { previewOf } from './preview.ts';
import { contextOf } from './testing/goal-context.ts';

function preview(uses: readonly (number | null)[], goal: Goal, measured = NOTHING_MEASURED) {
  const ctx = contextOf(uses);
  const outcome = planGoal(ctx, goal);
  if (!outcome.ok) throw new Error(outcome.refusal.why);
  return previewOf(outcome.plan, { ...ctx, streamCreatedAtMs: 1, retentionHours: 24, measured });
}

describe('previewOf', () => {
  it('says what each shard will take, what stays and what is new', () => {
    const seen = preview([0.8, 0.2], {
      kind: 'split-shard',
      shardId: shardIdOf(0),
      cut: { by: 'middle' },
    });
    expect(seen.planned.map(({ shardId }) => shardId)).toEqual([null, null, shardIdOf(1)]);
    expect(seen.planned.map(({ use }) => use?.toFixed(6))).toEqual([
      '0.400000',
      '0.400000',
      '0.200000',
    ]);
    expect(seen.busiestUse).toEqual({ before: 0.8, after: 0.4 });
    expect(seen.shards).toEqual({ before: 2, after: 3, peak: 3, peakMax: 1_000 });
    expect(seen.operations).toEqual({ splits: 1, merges: 0, shardCountCalls: 0 });
    expect(seen.leases).toEqual({ now: 2, atMost: 4 });
    expect(seen.fingerprint).toBe(layoutFingerprint(contextOf([0.8, 0.2]).layout, 1));
  });

  it('prices the shards before and after: 0.015 $ an hour each', () => {
    const { price } = preview([0.1, 0.1], {
      kind: 'merge-shards',
      shardIds: [shardIdOf(0), shardIdOf(1)],
    });
    expect(price.before.dollars).toBeCloseTo(2 * 0.015 * 730, 9);
    expect(price.after.dollars).toBeCloseTo(0.015 * 730, 9);
  });

  it('counts the leases that ten shards have when all are split: three times as many', () => {
    const seen = preview(
      Array.from({ length: 10 }, () => 0.5),
      { kind: 'scale-to-count', count: 20 },
    );
    expect(seen.operations).toEqual({ splits: 0, merges: 0, shardCountCalls: 1 });
    expect(seen.leases).toEqual({ now: 10, atMost: 30 });
  });

  it('takes half a minute an operation, but for what was measured', () => {
    const goal: Goal = { kind: 'scale-to-count', count: 2 };
    expect(preview([0.1], goal).duration).toEqual({ ms: 30_000, basis: 'assumed', isLeast: false });
    expect(preview([0.1], goal, { ...NOTHING_MEASURED, split: 4_000 }).duration).toEqual({
      ms: 4_000,
      basis: 'measured',
      isLeast: false,
    });
    const calls = preview([0.1, 0.1, 0.1], { kind: 'scale-to-count', count: 6 }).duration;
    expect(calls).toMatchObject({ basis: 'assumed', isLeast: true });
  });

  it('does not know the use of a range of which it knows no load', () => {
    const seen = preview([0.1, null], {
      kind: 'merge-shards',
      shardIds: [shardIdOf(0), shardIdOf(1)],
    });
    expect(seen.planned).toMatchObject([{ use: null, rate: null }]);
    expect(seen.busiestUse).toEqual({ before: null, after: null });
  });
});
