import { HASH_KEY_SPACE } from '#lib/domain/hash-key.ts';
import { STREAM_SHARDS_MAX } from '#lib/domain/limits.ts';
import {
  type Boundaries,
  boundariesApart,
  sameBoundaries,
  shardCountOf,
  snapTo,
  uniformBoundaries,
  unionShardCount,
} from '#lib/domain/reshard/boundaries.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import { type Choice, type PlanOutcome, refused } from '#lib/domain/reshard/plan.ts';
import { shardCountPath } from '#lib/domain/reshard/shard-count-rules.ts';
import type { GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/** A boundary that is off by less than this part of a shard is as good as in its place. */
const SNAP_SHIFT = 20n;

/**
 * `count` equal ranges. By UpdateShardCount where it is fewer calls than splits and merges would be, the day's calls
 * suffice and the shards that it opens for a time may be open; else by splits and merges. The plan says which, and why.
 */
export function planScaleToCount(
  ctx: GoalContext,
  { count }: GoalOf<'scale-to-count'>,
): PlanOutcome {
  if (!Number.isInteger(count) || count < 1) {
    return refused({ why: 'bad-shard-count', count, fault: 'not-a-count' });
  }
  if (count > STREAM_SHARDS_MAX) {
    return refused({ why: 'bad-shard-count', count, fault: 'above-stream-max' });
  }
  const from = boundariesOf(ctx.layout);
  const to = uniformBoundaries(count);
  const snapped = snapTo(to, from, (HASH_KEY_SPACE / BigInt(count)) >> SNAP_SHIFT);
  if (sameBoundaries(from, snapped)) return refused({ why: 'nothing-to-do' });

  const counts = callsTo(shardCountOf(from), count);
  const operations = boundariesApart(from, snapped);
  const peakOfCalls = peakOf([from, ...counts.map(uniformBoundaries)]);
  const choice = choose(ctx, { operations, calls: counts.length, peakOfCalls });
  if (choice.method === 'boundaries') return planToBoundaries(ctx, snapped, [], choice);
  return {
    ok: true,
    plan: {
      from,
      to,
      steps: counts.map((at) => ({ kind: 'update-shard-count', count: at })),
      peakShards: peakOfCalls,
      choice,
      remarks: [],
    },
  };
}

/** UpdateShardCount with the present count makes ranges equal, too. */
function callsTo(now: number, count: number): readonly number[] {
  return now === count ? [count] : shardCountPath(now, count);
}

/** While UpdateShardCount works, the boundaries of both layouts may stand: it splits, then merges. Assumed. */
function peakOf(layouts: readonly Boundaries[]): number {
  return layouts.reduce(
    (peak, layout, i) => Math.max(peak, unionShardCount(layouts[i - 1] ?? layout, layout)),
    0,
  );
}

type Costs = {
  readonly operations: number;
  readonly calls: number;
  readonly peakOfCalls: number;
};

function choose(ctx: GoalContext, { operations, calls, peakOfCalls }: Costs): Choice {
  const { shardCountCallsLeft: callsLeft, peakShardsMax } = ctx;
  if (operations <= calls) {
    return { method: 'boundaries', because: 'as-few-operations', operations, calls };
  }
  if (calls > callsLeft) {
    return { method: 'boundaries', because: 'calls-used-up', operations, calls, callsLeft };
  }
  if (peakOfCalls > peakShardsMax) {
    return { method: 'boundaries', because: 'calls-peak', operations, peakOfCalls };
  }
  return { method: 'update-shard-count', because: 'uniform', operations, calls };
}
