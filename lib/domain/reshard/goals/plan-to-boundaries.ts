import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import { type Choice, type PlanOutcome, type Remark, refused } from '#lib/domain/reshard/plan.ts';
import { planBoundaries } from '#lib/domain/reshard/plan-boundaries.ts';
import type { GoalContext } from './goal.ts';

/** A plan by splits and merges to the boundaries that a goal comes to. */
export function planToBoundaries(
  { layout, peakShardsMax }: Pick<GoalContext, 'layout' | 'peakShardsMax'>,
  to: Boundaries,
  remarks: readonly Remark[] = [],
  choice: Choice = { method: 'boundaries', because: 'not-uniform' },
): PlanOutcome {
  const from = boundariesOf(layout);
  const planned = planBoundaries(from, to, peakShardsMax);
  if (!planned.ok) {
    return refused(
      planned.why === 'peak-too-low'
        ? { why: 'peak-too-low', peakShardsMax, smallest: planned.smallest }
        : { why: 'unreachable-boundaries', unreachable: planned.unreachable },
    );
  }
  const { steps, peakShards, joinedFirst } = planned;
  if (steps.length === 0) return refused({ why: 'nothing-to-do' });
  const joined: readonly Remark[] =
    joinedFirst.length === 0 ? [] : [{ kind: 'joined-first', boundaries: joinedFirst }];
  return {
    ok: true,
    plan: { from, to, steps, peakShards, choice, remarks: [...remarks, ...joined] },
  };
}
