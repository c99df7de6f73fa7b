import type { AdviceFacts, Peak } from '#lib/domain/advice/facts.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { windowOfPresent } from './windows.ts';

/** What a new on-demand stream takes: as four shards. Source: developer guide, "On-demand mode". */
const NEW_STREAM_SHARDS = 4;
/** It takes up to twice its highest of the last 30 days; beyond it may refuse, for up to 15 minutes. */
const GROWTH_MAX = 2;
/** Told of from this share of that on. */
const WARN_FROM = 0.75;

/** An on-demand stream that grows faster than it is given room for. */
export function onDemandRule(facts: AdviceFacts): readonly FindingOf<'on-demand-growth'>[] {
  const { mode, present, history } = facts;
  const before = history?.peaksBefore ?? null;
  if (mode !== 'ON_DEMAND' || present === null || before === null) return [];
  const loads = [
    growth('writeBytes', present.writeBytesPerSecond, before.writeBytes),
    growth('writeRecords', present.writeRecordsPerSecond, before.writeRecords),
  ].filter((load) => load !== null);
  const worst = loads.toSorted((a, b) => b.use - a.use)[0];
  if (worst === undefined || worst.use < WARN_FROM) return [];
  const { limit, perSecond, capacityPerSecond, peakBefore } = worst;
  return [
    {
      id: 'on-demand-growth',
      severity: worst.use > 1 ? 'warning' : 'info',
      limit,
      perSecond,
      capacityPerSecond,
      peakBefore,
      window: windowOfPresent(present),
    },
  ];
}

function growth(limit: 'writeBytes' | 'writeRecords', perSecond: number | null, peak: Peak | null) {
  if (perSecond === null || peak === null) return null;
  const perShard =
    limit === 'writeBytes'
      ? SHARD_LIMITS.writeBytesPerSecondMax
      : SHARD_LIMITS.writeRecordsPerSecondMax;
  const capacityPerSecond = Math.max(NEW_STREAM_SHARDS * perShard, GROWTH_MAX * peak.perSecond);
  return {
    limit,
    perSecond,
    capacityPerSecond,
    peakBefore: peak,
    use: perSecond / capacityPerSecond,
  };
}
