import { DOLLARS_PER_SHARD_HOUR } from '#lib/domain/prices.ts';
import { type AutoscaleDecision, decideAutoscale } from './decide.ts';
import { lookBack, type RecordedPeriod } from './look-back.ts';
import type { AutoscalePolicy } from './policy.ts';

/** What a policy would have done over a recorded time, beside what was. */
export type Backtest = {
  /** Decisions that would have changed something, oldest first. */
  readonly changes: readonly AutoscaleDecision[];
  /** Shards at the end of each period, by the policy. */
  readonly shardCounts: readonly number[];
  readonly shardHours: { readonly recorded: number; readonly byPolicy: number };
  /** By list price. */
  readonly dollars: { readonly recorded: number; readonly byPolicy: number };
  /** Minutes in which the mean load was above what all shards take together, and so was refused in part. */
  readonly overloadedMinutes: { readonly recorded: number; readonly byPolicy: number };
  /** Minutes of the periods in which records were refused. */
  readonly refusedMinutes: {
    readonly recorded: number;
    /** Of these, those in which the policy would have had no room for what was tried either. */
    readonly left: number;
    /** Others, in which the policy would have had too few shards. */
    readonly added: number;
  };
};

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3_600;
const MINUTE_SECONDS = 60;

/**
 * Lives through recorded periods with a policy, which decides at the end of each; a change is there with the next. The
 * busiest shard is taken to carry the same share of the load, over as many more or fewer shards. From a rebalance on,
 * what single shards took and refused tells nothing: how the load lay within them is not in the record.
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
  const refused = { recorded: 0, left: 0, added: 0 };
  // In shares of the whole stream, so that it can be held against any number of shards.
  const ofStream = periods.map((period) => ({
    ...period,
    busiestUse: period.busiestUse === null ? null : period.busiestUse * period.openShardCount,
  }));
  for (const [i, period] of periods.entries()) {
    const { openShardCount: recordedOpen, periodSeconds } = period;
    const minutes = periodSeconds / MINUTE_SECONDS;
    seconds.recorded += recordedOpen * periodSeconds;
    seconds.byPolicy += open * periodSeconds;
    if ((period.loadShards ?? 0) > recordedOpen) overloaded.recorded += minutes;
    if ((period.loadShards ?? 0) > open) overloaded.byPolicy += minutes;
    const refuses = wouldRefuse(period, open);
    if (period.refused) {
      refused.recorded += minutes;
      if (refuses) refused.left += minutes;
    } else if (refuses) {
      refused.added += minutes;
    }
    const nowMs = period.startMs + periodSeconds * 1_000;
    const last = changes.at(-1);
    const isRebalanced = last?.action.do === 'rebalance';
    const changedAtMs = last?.facts.nowMs ?? null;
    const seen = lookBack(ofStream, i, nowMs - policy.lookBackMs, changedAtMs);
    const decision = decideAutoscale(policy, {
      nowMs,
      openShardCount: open,
      ...seen,
      busiestUse: seen.busiestUse === null || isRebalanced ? null : seen.busiestUse / open,
      refused: seen.refused && open <= recordedOpen && !isRebalanced,
      lagMs: period.lagMs,
      lagOf: null,
      lastReshardAtMs: changedAtMs,
      reshardsInDay: changes.filter(({ facts }) => facts.nowMs > nowMs - DAY_MS).length,
      isUnderWay: false,
      hindrance: null,
      lastVainAtMs: null,
      lastReliefAtMs: null,
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
    overloadedMinutes: overloaded,
    refusedMinutes: refused,
  };
}

/**
 * Whether `open` shards would have refused some of what a period tried. With no more of them than there were, what was
 * refused would be refused again; else the tries and the busiest shard, over so many shards, have to find room.
 */
function wouldRefuse(
  { refused, triedShards, loadShards, busiestUse, openShardCount }: RecordedPeriod,
  open: number,
): boolean {
  if (refused && open <= openShardCount) return true;
  const tried = triedShards ?? 0;
  if (tried > open) return true;
  if (busiestUse === null || !(refused || open < openShardCount)) return false;
  const triedMore = loadShards === null || loadShards === 0 ? 1 : tried / loadShards;
  return (busiestUse * triedMore * openShardCount) / open > 1;
}
