import type { AutoscaleAction } from '#lib/domain/reshard/autoscale/decide.ts';
import type { AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import { formatUse } from '#lib/format/percent.ts';
import type { ReshardPreview } from '#lib/reshard/preview-view.ts';
import type { StoredProposal } from '#server/db/schema.ts';
import type { ReshardContext } from '#server/services/reshard/plan-reshard.ts';
import { previewReshard } from '#server/services/reshard/preview-reshard.ts';

/** What an action comes to on the stream as it is now, or why no reshard does it. */
export type PlannedAction =
  | { readonly ok: true; readonly proposal: StoredProposal }
  | { readonly ok: false; readonly words: string };

type Wanted = Exclude<AutoscaleAction, { readonly do: 'nothing' }>;
type Preview = Extract<ReshardPreview, { readonly ok: true }>;

const MINUTE_MS = 60_000;
/** As the form has it: moving a boundary takes two operations, of half a minute each. */
const REBALANCE_SLACK = 0.05;
/** A rebalance that takes less from the busiest shard is not worth its operations. */
const RELIEF_MIN = 0.1;

/**
 * Plans what a policy wants, by the mean load of each shard over the time that the policy looks back at. A number of
 * shards is reached by equal ranges, unless one of them would be hot: then by load.
 * @throws ServiceError, AwsFailure as planReshard does
 */
export async function planAction(args: {
  ctx: ReshardContext;
  stream: { readonly connection: string; readonly streamName: string; readonly streamId: number };
  action: Wanted;
  settings: AutoscalePolicy;
  /** Of the decision, epoch milliseconds. */
  nowMs: number;
  signal: AbortSignal;
}): Promise<PlannedAction> {
  const { ctx, stream, action, settings, nowMs, signal } = args;
  const minutes = Math.min(1_440, Math.max(1, Math.ceil(settings.lookBackMs / MINUTE_MS)));
  const load = { minutes, by: 'mean' as const, untilMs: Math.floor(nowMs) };
  const preview = async (goal: StoredProposal['goal']) => {
    const seen = await previewReshard({ ctx, input: { ...stream, goal, load }, signal });
    return { goal, seen };
  };
  const byLoad = { kind: 'rebalance' as const, count: action.count, slack: REBALANCE_SLACK };
  if (action.do === 'rebalance') {
    const { goal, seen } = await preview(byLoad);
    if (!seen.ok) return { ok: false, words: seen.words };
    if (!relieves(seen)) return { ok: false, words: noReliefWords(seen) };
    return { ok: true, proposal: proposalOf(goal, load, seen) };
  }
  const even = await preview({ kind: 'scale-to-count', count: action.count });
  if (even.seen.ok && !isHot(even.seen, settings)) {
    return { ok: true, proposal: proposalOf(even.goal, load, even.seen) };
  }
  const weighted = await preview(byLoad);
  if (weighted.seen.ok && !(even.seen.ok && afterUse(even.seen) <= afterUse(weighted.seen))) {
    return { ok: true, proposal: proposalOf(weighted.goal, load, weighted.seen) };
  }
  return even.seen.ok
    ? { ok: true, proposal: proposalOf(even.goal, load, even.seen) }
    : { ok: false, words: even.seen.words };
}

function isHot({ busiestUse: { after } }: Preview, { hotShardUse }: AutoscalePolicy): boolean {
  return after !== null && hotShardUse !== null && after >= hotShardUse;
}

function afterUse({ busiestUse: { after } }: Preview): number {
  return after ?? Number.POSITIVE_INFINITY;
}

function relieves({ busiestUse: { before, after } }: Preview): boolean {
  return before === null || after === null || after <= before * (1 - RELIEF_MIN);
}

function noReliefWords({ busiestUse: { before, after } }: Preview): string {
  return `Boundaries by load would take the busiest shard from ${before === null ? 'an unknown use' : formatUse(before)} to ${after === null ? 'an unknown use' : formatUse(after)} only: its load lies on few hash keys. Sample the shard, which names its hottest keys; one key cannot be spread, but salted or given a shard of its own.`;
}

function proposalOf(
  goal: StoredProposal['goal'],
  load: StoredProposal['load'],
  seen: Preview,
): StoredProposal {
  return {
    goal,
    load,
    fingerprint: seen.fingerprint,
    planFingerprint: seen.planFingerprint,
    needsName: seen.needsName,
    shardsBefore: seen.shards.before,
    shardsAfter: seen.shards.after,
    stepCount: seen.stepCount,
    choice: seen.choice,
    remarks: [...seen.remarks],
    durationWords: seen.duration.words,
    useBefore: seen.busiestUse.before,
    useAfter: seen.busiestUse.after,
    dollarsAMonthBefore: seen.price.before.dollars,
    dollarsAMonthAfter: seen.price.after.dollars,
  };
}
