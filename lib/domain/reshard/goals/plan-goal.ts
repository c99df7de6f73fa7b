import { areBoundaries, type Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { type PlanOutcome, refused } from '#lib/domain/reshard/plan.ts';
import { planRebalance, planScaleToFit } from './by-load.ts';
import type { Goal, GoalContext } from './goal.ts';
import { planIsolation } from './isolate-key.ts';
import { planMergeCold } from './merge-cold.ts';
import { planMerge } from './merge-shards.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';
import { planScaleToCount } from './scale-to-count.ts';
import { planSplit } from './split-shard.ts';

/** From the present layout and a goal to a plan, or to why there is none. */
export function planGoal(ctx: GoalContext, goal: Goal): PlanOutcome {
  if (ctx.mode === 'ON_DEMAND') return refused({ why: 'on-demand' });
  switch (goal.kind) {
    case 'split-shard':
      return planSplit(ctx, goal);
    case 'merge-shards':
      return planMerge(ctx, goal);
    case 'scale-to-count':
      return planScaleToCount(ctx, goal);
    case 'scale-to-fit':
      return planScaleToFit(ctx, goal);
    case 'rebalance':
      return planRebalance(ctx, goal);
    case 'isolate-key':
      return planIsolation(ctx, goal);
    case 'merge-cold':
      return planMergeCold(ctx, goal);
    case 'boundaries':
    case 'former-layout':
      return planGiven(ctx, goal.boundaries);
  }
}

function planGiven(ctx: GoalContext, boundaries: Boundaries): PlanOutcome {
  return areBoundaries(boundaries)
    ? planToBoundaries(ctx, boundaries)
    : refused({ why: 'bad-boundaries' });
}
