import { DOLLARS_PER_SHARD_HOUR } from '#lib/domain/prices.ts';
import { type AutoscaleDecision, decideAutoscale } from './decide.ts';
import type { AutoscalePolicy } from './policy.ts';

/** What was recorded of a stream in a period. */
export type RecordedPeriod = {
  readonly startMs: number;
  readonly periodSeconds: number;
  readonly openShardCount: number;
  /** As AutoscaleFacts.loadShards, of the period; null: not recorded. */
  readonly loadShards: number | null;
  readonly busiestUse: number | null;
  readonly refused: boolean;
  readonly lagMs: number | null;
};

/** What a policy would have done over a recorded time, beside what was. */
export type Backtest = {
  /** Decisions that would have changed something, oldest first. */
  readonly changes: readonly AutoscaleDecision[];
  /** Shards at the end of each period, by the policy. */
  readonly shardCounts: readonly number[];
  readonly shardHours: { readonly recorded: number; readonly byPolicy: number };
  /** By list price. */
  readonly dollars: { readonly recorded: number; readonly byPolicy: number };
  /** Periods in which the mean load was above what all shards take together, and so was refused in part. */
  readonly overloadedPeriods: { readonly recorded: number; readonly byPolicy: number };
};

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3_600;

/**
 * Lives through recorded periods with a policy, which decides at the end of each. What was refused then is not in the
 * record, so that a load above the shards of that time is taken for what got through. The busiest shard is taken to
 * carry the same share of the load, over as many more or fewer shards.
 *
 * @param periods ascending, without overlap
 */
export function backtestAutoscale(
  policy: AutoscalePolicy,
  periods: readonly RecordedPeriod[],
): Backtest {
  let open = periods[0]?.openShardCount ?? policy.shardsMin;
  const changes: AutoscaleDecision[] = [];
  const shardCounts: number[] = [];
  const seconds = { recorded: 0, byPolicy: 0 };
  const overloaded = { recorded: 0, byPolicy: 0 };
  for (const [i, period] of periods.entries()) {
    seconds.recorded += period.openShardCount * period.periodSeconds;
    seconds.byPolicy += open * period.periodSeconds;
    if ((period.loadShards ?? 0) > period.openShardCount) overloaded.recorded += 1;
    if ((period.loadShards ?? 0) > open) overloaded.byPolicy += 1;
    const nowMs = period.startMs + period.periodSeconds * 1_000;
    const seen = lookBack(periods, i, nowMs - policy.lookBackMs);
    const decision = decideAutoscale(policy, {
      nowMs,
      openShardCount: open,
      ...seen,
      busiestUse:
        seen.busiestUse === null ? null : (seen.busiestUse * period.openShardCount) / open,
      refused: seen.refused && open <= period.openShardCount,
      lagMs: period.lagMs,
      lastReshardAtMs: changes.at(-1)?.facts.nowMs ?? null,
      reshardsInDay: changes.filter(({ facts }) => facts.nowMs > nowMs - DAY_MS).length,
      isUnderWay: false,
    });
    if (decision.action.do !== 'nothing') {
      open = decision.action.count;
      changes.push(decision);
    }
    shardCounts.push(open);
  }
  const hours = {
    recorded: seconds.recorded / HOUR_SECONDS,
    byPolicy: seconds.byPolicy / HOUR_SECONDS,
  };
  return {
    changes,
    shardCounts,
    shardHours: hours,
    dollars: {
      recorded: hours.recorded * DOLLARS_PER_SHARD_HOUR,
      byPolicy: hours.byPolicy * DOLLARS_PER_SHARD_HOUR,
    },
    overloadedPeriods: overloaded,
  };
}

/** The highest of the periods from `sinceMs` up to place `last`; unknown where one of them is. */
function lookBack(periods: readonly RecordedPeriod[], last: number, sinceMs: number) {
  let loadShards: number | null = 0;
  let busiestUse: number | null = null;
  let refused = false;
  for (let i = last; i >= 0; i -= 1) {
    const period = periods[i];
    if (period === undefined || (i < last && period.startMs < sinceMs)) break;
    loadShards =
      loadShards === null || period.loadShards === null
        ? null
        : Math.max(loadShards, period.loadShards);
    if (period.busiestUse !== null) busiestUse = Math.max(busiestUse ?? 0, period.busiestUse);
    refused ||= period.refused;
  }
  return { loadShards, busiestUse, refused };
}
