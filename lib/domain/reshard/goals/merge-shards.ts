import { isLeftNeighbour } from '#lib/domain/hash-range.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import { type PlanOutcome, refused } from '#lib/domain/reshard/plan.ts';
import { boundariesAfter } from '#lib/domain/reshard/step.ts';
import type { GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/** The two may be named in either order. */
export function planMerge(ctx: GoalContext, { shardIds }: GoalOf<'merge-shards'>): PlanOutcome {
  const found = shardIds.map((id) => ctx.layout.find(({ shardId }) => shardId === id));
  const [one, other] = found;
  if (one === undefined || other === undefined) {
    const shardId = one === undefined ? shardIds[0] : shardIds[1];
    return refused({ why: 'no-such-shard', shardId });
  }
  const right = isLeftNeighbour(one.range, other.range)
    ? other
    : isLeftNeighbour(other.range, one.range)
      ? one
      : null;
  if (right === null) return refused({ why: 'not-neighbours', shardIds });
  const at = right.range.start;
  return planToBoundaries(ctx, boundariesAfter(boundariesOf(ctx.layout), { kind: 'merge', at }));
}
