import { WHOLE_RING } from '#lib/domain/hash-range.ts';
import { STREAM_SHARDS_MAX } from '#lib/domain/limits.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import {
  balanceLoad,
  lowestBusiestUse,
  shardsWithin,
} from '#lib/domain/reshard/load/balance-load.ts';
import { hottestKeyIn } from '#lib/domain/reshard/load/hottest-key.ts';
import { totalRate } from '#lib/domain/reshard/load/load-estimate.ts';
import { type LoadGrid, loadGrid } from '#lib/domain/reshard/load/load-grid.ts';
import { writeUse } from '#lib/domain/reshard/load/write-rate.ts';
import { type PlanOutcome, type Remark, refused } from '#lib/domain/reshard/plan.ts';
import type { GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/** `count` shards, the busiest of which is as little used as can be, give or take `slack`. */
export function planRebalance(
  ctx: GoalContext,
  { count, slack }: GoalOf<'rebalance'>,
): PlanOutcome {
  if (!Number.isInteger(count) || count < 1) {
    return refused({ why: 'bad-shard-count', count, fault: 'not-a-count' });
  }
  if (count > STREAM_SHARDS_MAX) {
    return refused({ why: 'bad-shard-count', count, fault: 'above-stream-max' });
  }
  const refusal = refusalOfLoad(ctx);
  if (refusal !== null) return refusal;
  const grid = loadGrid(ctx.load, count, boundariesOf(ctx.layout));
  const useMax = lowestBusiestUse(grid, count) * (1 + slack);
  return planByGrid(ctx, grid, count, useMax, hotKeyRemarks(ctx, useMax));
}

/** As few shards as carry the load with `headroom` above it. */
export function planScaleToFit(
  ctx: GoalContext,
  { headroom }: GoalOf<'scale-to-fit'>,
): PlanOutcome {
  const refusal = refusalOfLoad(ctx);
  if (refusal !== null) return refusal;
  const target = 1 / (1 + headroom);
  const atLeast = Math.ceil(writeUse(totalRate(ctx.load)) / target);
  const grid = loadGrid(
    ctx.load,
    Math.min(STREAM_SHARDS_MAX, Math.max(1, atLeast)),
    boundariesOf(ctx.layout),
  );
  const count = Math.min(STREAM_SHARDS_MAX, shardsWithin(grid, target));
  const useMax = Math.max(target, lowestBusiestUse(grid, count));
  const remarks: Remark[] = [...hotKeyRemarks(ctx, target)];
  if (useMax > target * (1 + 1e-9)) remarks.push({ kind: 'above-target', target, use: useMax });
  return planByGrid(ctx, grid, count, useMax, remarks);
}

function planByGrid(
  ctx: GoalContext,
  grid: LoadGrid,
  count: number,
  useMax: number,
  remarks: readonly Remark[],
): PlanOutcome {
  const { boundaries } = balanceLoad(grid, count, useMax);
  const planned = boundaries.length + 1;
  return planToBoundaries(
    ctx,
    boundaries,
    planned < count ? [...remarks, { kind: 'fewer-shards', wanted: count, planned }] : remarks,
  );
}

function refusalOfLoad({ load }: GoalContext): PlanOutcome | null {
  if (load.unknown.length > 0) return refused({ why: 'load-unknown', ranges: load.unknown });
  return writeUse(totalRate(load)) === 0 ? refused({ why: 'no-load' }) : null;
}

/** A single key that takes all that a shard may, or is what holds the busiest shard where it is. */
function hotKeyRemarks({ load }: GoalContext, useMax: number): readonly Remark[] {
  const hottest = hottestKeyIn(load, WHOLE_RING);
  return hottest !== null && hottest.use >= Math.min(1, useMax) * 0.95
    ? [{ kind: 'key-too-hot', ...hottest }]
    : [];
}
