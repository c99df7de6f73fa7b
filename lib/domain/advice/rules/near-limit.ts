import type { AdviceFacts } from '#lib/domain/advice/facts.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import { windowOfPresent } from './windows.ts';

/** A shard that comes near one of its limits and refuses nothing yet. Where it does, the rules of refusals speak. */
export function nearLimitRule(facts: AdviceFacts): readonly FindingOf<'shard-nears-limit'>[] {
  const { present, hottest } = facts;
  if (present === null || hottest?.limit == null) return [];
  if (hottest.use < HEALTH_THRESHOLDS.hotShardUse) return [];
  const refuses =
    hottest.limit === 'readBytes'
      ? (present.throttledReadCalls ?? 0) > 0
      : (present.throttledRecords ?? 0) > 0;
  if (refuses) return [];
  const { shardId, limit, use } = hottest;
  return [
    {
      id: 'shard-nears-limit',
      severity: 'warning',
      onDemand: facts.mode === 'ON_DEMAND',
      shard: { shardId, limit, use },
      window: windowOfPresent(present),
    },
  ];
}
