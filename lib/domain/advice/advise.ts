import { ADVICE_SETTINGS, type AdviceFacts, type AdviceSettings } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import { loadBalanceRule, rangeBalanceRule } from './rules/balance.ts';
import { coldRule } from './rules/cold.ts';
import { lagRule } from './rules/lag.ts';
import { nearLimitRule } from './rules/near-limit.ts';
import { onDemandRule } from './rules/on-demand.ts';
import { readThrottleRule } from './rules/read-throttles.ts';
import { sizeRule } from './rules/size.ts';
import { writeThrottleRule } from './rules/write-throttles.ts';

type Rule = (facts: AdviceFacts, settings: AdviceSettings) => readonly Finding[];

/** In the order of what a person loses: data first, then records refused, then what will be, then money. */
const RULES: readonly Rule[] = [
  lagRule,
  writeThrottleRule,
  onDemandRule,
  nearLimitRule,
  readThrottleRule,
  sizeRule,
  loadBalanceRule,
  rangeBalanceRule,
  coldRule,
  ({ shardMetricsOn, openShardCount, status }) =>
    shardMetricsOn || status === 'DELETING' || status === 'CREATING'
      ? []
      : [{ id: 'shard-metrics-off', severity: 'info', openShardCount }],
];

const RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** All that the rules find, the gravest first; empty where nothing needs doing. */
export function advise(
  facts: AdviceFacts,
  settings: AdviceSettings = ADVICE_SETTINGS,
): readonly Finding[] {
  return RULES.flatMap((rule) => rule(facts, settings)).sort(
    (a, b) => RANK[a.severity] - RANK[b.severity],
  );
}
