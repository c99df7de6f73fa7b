import type { HashKey } from '#lib/domain/hash-key.ts';
import {
  canSplitAt,
  type HashRange,
  rangeMiddle,
  rangeWidth,
  splitRange,
} from '#lib/domain/hash-range.ts';
import { boundariesOf, type LayoutShard } from '#lib/domain/reshard/layout.ts';
import { hottestKeyIn } from '#lib/domain/reshard/load/hottest-key.ts';
import { loadMedian } from '#lib/domain/reshard/load/load-median.ts';
import { isCoarse, isLoadUnknown, loadOfRange } from '#lib/domain/reshard/load/load-of-range.ts';
import { writeUse } from '#lib/domain/reshard/load/write-rate.ts';
import { type PlanOutcome, type Remark, refused } from '#lib/domain/reshard/plan.ts';
import { boundariesAfter } from '#lib/domain/reshard/step.ts';
import type { Cut, GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/** A split that leaves the busier half at more than this of what the shard had relieves nobody. */
const DOES_LITTLE = 0.8;
/** One key from this share of its shard on decides what a split can do. */
const KEY_SHARE = 0.5;

export function planSplit(ctx: GoalContext, { shardId, cut }: GoalOf<'split-shard'>): PlanOutcome {
  const shard = ctx.layout.find((one) => one.shardId === shardId);
  if (shard === undefined) return refused({ why: 'no-such-shard', shardId });
  if (rangeWidth(shard.range) < 4n) return refused({ why: 'too-narrow', shardId });
  if (cut.by === 'load-median' && isLoadUnknown(ctx.load, shard.range)) {
    return refused({ why: 'load-unknown', ranges: [shard.range] });
  }
  const at = placeOfCut(ctx, shard, cut);
  if (at === null) return refused({ why: 'too-narrow', shardId });
  if (!canSplitAt(shard.range, at)) {
    return refused({ why: 'cannot-split-there', shardId, range: shard.range, at });
  }
  const to = boundariesAfter(boundariesOf(ctx.layout), { kind: 'split', at });
  return planToBoundaries(ctx, to, remarksOf(ctx, shard.range, at, cut));
}

function placeOfCut({ load }: GoalContext, { range }: LayoutShard, cut: Cut): HashKey | null {
  switch (cut.by) {
    case 'middle':
      return rangeMiddle(range);
    case 'load-median':
      // Without any load one cut is as good as another.
      return writeUse(loadOfRange(load, range)) === 0
        ? rangeMiddle(range)
        : loadMedian(load, range);
    case 'hash-key':
      return cut.at;
  }
}

function remarksOf({ load }: GoalContext, range: HashRange, at: HashKey, cut: Cut): Remark[] {
  if (isLoadUnknown(load, range)) return [];
  const remarks: Remark[] = [];
  if (cut.by === 'load-median' && isCoarse(load, range)) {
    remarks.push({ kind: 'taken-as-even', range });
  }
  const before = writeUse(loadOfRange(load, range));
  const after = Math.max(...splitRange(range, at).map((half) => writeUse(loadOfRange(load, half))));
  if (before === 0 || after < before * DOES_LITTLE) return remarks;
  const hottest = hottestKeyIn(load, range);
  if (hottest !== null && hottest.use >= before * KEY_SHARE) {
    remarks.push({ kind: 'key-too-hot', ...hottest });
  }
  remarks.push({ kind: 'split-does-little', before, after });
  return remarks;
}
