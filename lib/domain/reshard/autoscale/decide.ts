import type { AutoscalePolicy } from './policy.ts';

/** What a decision rests on. */
export type AutoscaleFacts = {
  readonly nowMs: number;
  readonly openShardCount: number;
  /**
   * The highest load in the time looked back at, in shards that it would fill: 3.2 is 3.2 MiB/s or 3,200 records/s,
   * whichever is more. null: not known of all of that time.
   */
  readonly loadShards: number | null;
  /** The highest use of a single shard in that time; null: shard-level metrics are off. */
  readonly busiestUse: number | null;
  /** Records were refused in that time: the load is that or more. */
  readonly refused: boolean;
  /** Of the consumer that is furthest behind, 0 where nobody reads; null: of one it is not known. */
  readonly lagMs: number | null;
  /** Names that consumer, or one of whom the lag is not known; null: nobody reads, or nobody who does is known. */
  readonly lagOf: string | null;
  /** null: nothing was changed as far as is known. */
  readonly lastReshardAtMs: number | null;
  readonly reshardsInDay: number;
  readonly isUnderWay: boolean;
  /** Why nothing can be decided on this stream at all; null: it can. */
  readonly hindrance: AutoscaleHindrance | null;
  /** When a reshard that the policy wanted last turned out to be none that can be planned; null: never. */
  readonly lastVainAtMs: number | null;
  /** When load was last moved from a hot shard by this policy; null: never, or long ago. */
  readonly lastReliefAtMs: number | null;
};

/** `figures-stale`: the newest figures are too old to be the present, or were never read. */
export type AutoscaleHindrance = 'on-demand' | 'not-active' | 'figures-stale';

/** What is to be done; a goal of lib/domain/reshard/goals by its kind. */
export type AutoscaleAction =
  | { readonly do: 'nothing' }
  | { readonly do: 'scale-to-count'; readonly count: number }
  | { readonly do: 'rebalance'; readonly count: number };

type AutoscaleReason =
  | AutoscaleHindrance
  | 'within-target'
  | 'load-unknown'
  | 'reshard-under-way'
  | 'below-minimum'
  | 'above-maximum'
  | 'load-above-target'
  /** More would be needed than the policy allows. */
  | 'at-maximum'
  | 'hot-shard'
  /** Load was moved already, and a shard is hot all the same: no boundary spreads a key. */
  | 'hot-shard-stays'
  | 'load-below-target'
  | 'cooling-off'
  | 'consumer-lags'
  | 'lag-unknown'
  | 'day-spent'
  | 'tried-in-vain';

/** A decision, also to do nothing, with all that it rests on. */
export type AutoscaleDecision = {
  readonly action: AutoscaleAction;
  readonly reason: AutoscaleReason;
  /** What would be done, were it not for what the reason says; null where nothing was held back. */
  readonly heldBack: AutoscaleAction | null;
  /** Shards that the load asks for within the policy's bounds; null where it is not known. */
  readonly neededShards: number | null;
  readonly facts: AutoscaleFacts;
};

/** Fewer shards are worth it from a quarter less on: a load that swings shall not move the stream. */
const SHRINK_SHARE = 0.75;

/** What cannot be planned now can hardly be in a minute: each try asks AWS for the shards. */
const VAIN_MS = 15 * 60_000;

/** Where load was moved and a shard stays hot, moving it again would take a dozen operations, and change as little. */
const RELIEF_AGAIN_MS = 6 * 60 * 60_000;

/** Rounds like 2.1000000000000001 / 0.7 do not ask for a shard more. */
const ROUNDING = 1e-9;

/** Numbered rules; the first that holds decides. */
export function decideAutoscale(policy: AutoscalePolicy, facts: AutoscaleFacts): AutoscaleDecision {
  const { openShardCount: open, loadShards, busiestUse } = facts;
  const needed = loadShards === null ? null : neededShards(policy, loadShards);
  const decision = (
    reason: AutoscaleReason,
    action: AutoscaleAction = { do: 'nothing' },
    heldBack: AutoscaleAction | null = null,
  ): AutoscaleDecision => ({ action, reason, heldBack, neededShards: needed, facts });
  const act = (reason: AutoscaleReason, action: AutoscaleAction, coolOffMs: number) => {
    const held = heldBackBy(policy, facts, coolOffMs);
    return held === null ? decision(reason, action) : decision(held, { do: 'nothing' }, action);
  };
  const scaleTo = (count: number): AutoscaleAction => ({ do: 'scale-to-count', count });

  // 0. Where nothing can be done, or nothing is known, nothing is decided.
  if (facts.hindrance !== null) return decision(facts.hindrance);
  // 1. One change at a time.
  if (facts.isUnderWay) return decision('reshard-under-way');
  // 2. The bounds are what a person wants, whatever the load is.
  if (open < policy.shardsMin) {
    return act('below-minimum', scaleTo(policy.shardsMin), policy.outCoolOffMs);
  }
  if (open > policy.shardsMax) {
    return shrink(policy, facts, act, decision, 'above-maximum', scaleTo(policy.shardsMax));
  }
  // 3. Nothing is guessed.
  if (needed === null) return decision('load-unknown');
  // 4. Too few shards for the load, or just enough of them while records are refused: the load is more than is seen.
  const wanted = facts.refused && needed === open ? Math.min(policy.shardsMax, open + 1) : needed;
  const isEven =
    busiestUse === null || busiestUse < (policy.hotShardUse ?? Number.POSITIVE_INFINITY);
  if (wanted > open && (needed > open || isEven)) {
    return act('load-above-target', scaleTo(wanted), policy.outCoolOffMs);
  }
  // 5. Room in all, none where the load is.
  if (!isEven) {
    const count = Math.min(policy.shardsMax, Math.max(open, needed));
    const { nowMs, lastReliefAtMs } = facts;
    if (lastReliefAtMs !== null && nowMs - lastReliefAtMs < RELIEF_AGAIN_MS) {
      return decision('hot-shard-stays', { do: 'nothing' }, { do: 'rebalance', count });
    }
    return act('hot-shard', { do: 'rebalance', count }, policy.outCoolOffMs);
  }
  if (facts.refused && open === policy.shardsMax && needed === open) return decision('at-maximum');
  // 6. A good part fewer would do.
  if (needed <= open * SHRINK_SHARE && needed < open && !facts.refused) {
    return shrink(policy, facts, act, decision, 'load-below-target', scaleTo(needed));
  }
  return decision('within-target');
}

/** Merges close shards that a consumer may still have to read. */
function shrink(
  policy: AutoscalePolicy,
  { lagMs }: AutoscaleFacts,
  act: (reason: AutoscaleReason, action: AutoscaleAction, coolOffMs: number) => AutoscaleDecision,
  decision: (
    reason: AutoscaleReason,
    action?: AutoscaleAction,
    heldBack?: AutoscaleAction | null,
  ) => AutoscaleDecision,
  reason: AutoscaleReason,
  action: AutoscaleAction,
): AutoscaleDecision {
  const { lagMsMax } = policy;
  if (lagMsMax !== null && (lagMs === null || lagMs > lagMsMax)) {
    return decision(lagMs === null ? 'lag-unknown' : 'consumer-lags', { do: 'nothing' }, action);
  }
  return act(reason, action, policy.inCoolOffMs);
}

function neededShards({ targetUse, shardsMin, shardsMax }: AutoscalePolicy, load: number): number {
  const needed = Math.ceil(load / targetUse - ROUNDING);
  return Math.min(shardsMax, Math.max(shardsMin, needed));
}

function heldBackBy(
  { reshardsPerDayMax }: AutoscalePolicy,
  { nowMs, lastReshardAtMs, reshardsInDay, lastVainAtMs }: AutoscaleFacts,
  coolOffMs: number,
): AutoscaleReason | null {
  if (reshardsInDay >= reshardsPerDayMax) return 'day-spent';
  if (lastReshardAtMs !== null && nowMs - lastReshardAtMs < coolOffMs) return 'cooling-off';
  return lastVainAtMs !== null && nowMs - lastVainAtMs < VAIN_MS ? 'tried-in-vain' : null;
}
