import { HASH_KEY_SPACE, type HashKey } from '#lib/domain/hash-key.ts';
import { rangeContains, rangeWidth } from '#lib/domain/hash-range.ts';
import { type Boundaries, boundariesApart } from '#lib/domain/reshard/boundaries.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import { type PlanOutcome, refused } from '#lib/domain/reshard/plan.ts';
import { unreachableBoundaries } from '#lib/domain/reshard/unreachable.ts';
import type { GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/**
 * Gives the key a shard as narrow as Kinesis allows, which is two keys: its own and, mostly, the next. Where that is
 * too close to a present boundary, its own and the one before, or the boundary there serves.
 */
export function planIsolation(ctx: GoalContext, { at }: GoalOf<'isolate-key'>): PlanOutcome {
  const holder = ctx.layout.find(({ range }) => rangeContains(range, at));
  if (holder === undefined) return refused({ why: 'bad-boundaries' });
  // Of three keys none can be cut off: both sides of a cut take two.
  if (rangeWidth(holder.range) < 4n) {
    return refused({ why: 'already-alone', shardId: holder.shardId });
  }
  const present = boundariesOf(ctx.layout);
  const [best] = [at, at - 1n]
    .filter((start) => start >= 0n && start + 2n <= HASH_KEY_SPACE)
    .map((start) => withEdges(present, start, start + 2n))
    .filter((to) => unreachableBoundaries(present, to).length === 0)
    .sort((a, b) => boundariesApart(present, a) - boundariesApart(present, b));
  return best === undefined
    ? refused({ why: 'too-narrow', shardId: holder.shardId })
    : planToBoundaries(ctx, best);
}

function withEdges(present: Boundaries, ...edges: readonly bigint[]): Boundaries {
  const inner = edges.filter((edge) => edge > 0n && edge < HASH_KEY_SPACE) as HashKey[];
  return [...new Set([...present, ...inner])].sort((a, b) => (a < b ? -1 : 1));
}
