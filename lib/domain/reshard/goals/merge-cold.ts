import type { HashKey } from '#lib/domain/hash-key.ts';
import { isLoadUnknown, loadOfRange } from '#lib/domain/reshard/load/load-of-range.ts';
import { addRates, NO_RATE, writeUse } from '#lib/domain/reshard/load/write-rate.ts';
import { type PlanOutcome, refused } from '#lib/domain/reshard/plan.ts';
import type { GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/**
 * Joins neighbours, from the left, for as long as what they carry together stays below `useMax`: no way to join leaves
 * fewer shards. A shard of unknown load is joined with none.
 */
export function planMergeCold(ctx: GoalContext, { useMax }: GoalOf<'merge-cold'>): PlanOutcome {
  const kept: HashKey[] = [];
  let together = NO_RATE;
  let isOpenEnded = false;
  for (const [place, { range }] of ctx.layout.entries()) {
    const isKnown = !isLoadUnknown(ctx.load, range);
    const rate = loadOfRange(ctx.load, range);
    const sum = addRates(together, rate);
    const joins = isOpenEnded && isKnown && writeUse(sum) < useMax;
    if (place > 0 && !joins) kept.push(range.start);
    together = joins ? sum : rate;
    isOpenEnded = isKnown;
  }
  return kept.length === ctx.layout.length - 1
    ? refused({ why: 'none-cold', useMax })
    : planToBoundaries(ctx, kept);
}
