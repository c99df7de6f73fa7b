import type { AutoscaleAction, AutoscaleDecision } from '#lib/domain/reshard/autoscale/decide.ts';
import type { DecisionOutcome } from '#lib/domain/reshard/autoscale/fold-decisions.ts';
import type { AutoscaleMode, AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';

/** What a policy decided, and by which figures: a sentence for the log of decisions. */
export function decisionWords({ action, reason, heldBack, facts }: AutoscaleDecision): string {
  const open = countOf(facts.openShardCount, 'shard');
  const load =
    facts.loadShards === null
      ? 'a load that is not known'
      : `a load of ${facts.loadShards.toFixed(1)} shards`;
  const would = heldBack === null ? '' : ` It would ${actionWords(heldBack)}.`;
  switch (reason) {
    case 'within-target':
      return `Nothing: ${open} for ${load} is within the target.`;
    case 'load-unknown':
      return `Nothing: the load of ${open} is not known for all of the time looked back at.`;
    case 'reshard-under-way':
      return 'Nothing: the stream is being resharded.';
    case 'at-maximum':
      return `Nothing: records are refused, and ${open} are as many as the policy allows.`;
    case 'below-minimum':
      return `${upperFirst(actionWords(action))}: ${open} are fewer than the policy wants.`;
    case 'above-maximum':
      return `${upperFirst(actionWords(action))}: ${open} are more than the policy allows.`;
    case 'load-above-target':
      return `${upperFirst(actionWords(action))}: ${open} for ${load}${facts.refused ? ', and records were refused' : ''}.`;
    case 'load-below-target':
      return `${upperFirst(actionWords(action))}: ${open} for ${load} are more than the target needs.`;
    case 'hot-shard':
      return `${upperFirst(actionWords(action))}: the hottest shard is at ${formatUse(facts.busiestUse)}, though ${open} have room for ${load}.`;
    case 'hot-shard-stays':
      return `Nothing: the hottest shard is at ${formatUse(facts.busiestUse)}, though load was moved from hot shards ${formatAge(facts.nowMs - (facts.lastReliefAtMs ?? facts.nowMs))} ago: it lies on few keys, which no boundary spreads. Sample the shard, which names them.`;
    case 'cooling-off':
      return `Nothing yet: the last reshard was too short a time ago.${would}`;
    case 'consumer-lags':
      return `Nothing yet: ${facts.lagOf ?? 'a consumer'} is too far behind to take shards away.${would}`;
    case 'lag-unknown':
      return `Nothing yet: how far behind ${facts.lagOf ?? 'a consumer'} is, is not known, so no shard is taken away.${would}`;
    case 'tried-in-vain':
      return `Nothing yet: it was tried a short time ago, and no reshard came of it.${would}`;
    case 'on-demand':
      return 'Nothing: Kinesis itself chooses the shards of an on-demand stream.';
    case 'not-active':
      return 'Nothing: the stream is being changed, and is not ACTIVE.';
    case 'figures-stale':
      return 'Nothing: the newest figures are too old to tell of the present.';
    case 'day-spent':
      return `Nothing: all ${countOf(facts.reshardsInDay, 'reshard')} that the policy allows in 24 hours are spent.${would}`;
  }
}

function actionWords(action: AutoscaleAction): string {
  switch (action.do) {
    case 'nothing':
      return 'do nothing';
    case 'scale-to-count':
      return `scale to ${countOf(action.count, 'shard')}`;
    case 'rebalance':
      return `rebalance by load over ${formatCount(action.count)}`;
  }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a setting has to be, by the field that is not. */
export const POLICY_FAULT_WORDS: Readonly<Record<keyof AutoscalePolicy, string>> = {
  targetUse: 'The target is more than 0 and at most 100 % of what the shards take.',
  shardsMin: 'At least one shard stays open: a whole number from 1 on.',
  shardsMax: 'At most 10,000 shards, and no fewer than the least.',
  lookBackMs: 'It looks back over 1 minute to 24 hours.',
  outCoolOffMs: 'It waits from 0 to 7 days before shards are added.',
  inCoolOffMs: 'It waits from 0 to 7 days before shards are taken away.',
  hotShardUse: 'A hot shard is used more than the target, and at most 1,000 %.',
  lagMsMax: 'A lag is from 0 to 7 days.',
  reshardsPerDayMax: 'From 0 to 100 reshards in 24 hours, a whole number.',
};

export const MODE_WORDS: Readonly<Record<AutoscaleMode, string>> = {
  off: 'Off',
  advise: 'Advise only',
  act: 'Act',
};

/** What a policy does, in one sentence. */
export function modeSentence(
  mode: AutoscaleMode,
  { shardsMin, shardsMax, reshardsPerDayMax }: AutoscalePolicy,
): string {
  switch (mode) {
    case 'off':
      return 'Off: the shards change only when a person reshards.';
    case 'advise':
      return 'It advises: it proposes reshards that a person begins, and changes nothing itself.';
    case 'act':
      return `It acts: it reshards by itself, between ${formatCount(shardsMin)} and ${countOf(shardsMax, 'shard')}, at most ${countOf(reshardsPerDayMax, 'time')} in 24 hours.`;
  }
}

/** A worker that runs decides each minute: of one that has not for so long, something is wrong. */
const DECISION_LATE_MS = 5 * 60_000;

/** Why no decision came, where one should have; null: they come. */
export function lateWords(
  policy: { readonly mode: AutoscaleMode; readonly setAtMs: number },
  lastDecidedAtMs: number | null,
  nowMs: number,
): string | null {
  if (policy.mode === 'off') return null;
  const sinceMs = Math.max(lastDecidedAtMs ?? 0, policy.setAtMs);
  return nowMs - sinceMs <= DECISION_LATE_MS
    ? null
    : `No decision has been made for ${formatAge(nowMs - sinceMs)}, though one is due each minute: no worker runs that reaches this connection, or its database does not answer. Nothing is scaled meanwhile. See that a worker is running, and its log.`;
}

/** What came of a decision. */
export function outcomeWords(
  outcome: DecisionOutcome,
  words: string | null,
  appliedBy: string | null,
): string {
  switch (outcome) {
    case 'none':
      return 'nothing to do';
    case 'proposed':
      return 'proposed';
    case 'started':
      return 'begun by the policy';
    case 'applied':
      return `begun by ${appliedBy ?? 'a person'}`;
    case 'refused':
      return `no reshard does it. ${words ?? ''}`.trim();
    case 'failed':
      return `it could not be done, and is tried again. ${words ?? ''}`.trim();
  }
}
