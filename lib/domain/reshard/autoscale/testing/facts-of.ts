import type { AutoscaleFacts } from '#lib/domain/reshard/autoscale/decide.ts';

/** Facts of a stream that calls for nothing, for tests: 4 shards for a load of 2.5, at ten in the morning. */
export function autoscaleFactsOf(change: Partial<AutoscaleFacts> = {}): AutoscaleFacts {
  return {
    nowMs: 10 * 3_600_000,
    openShardCount: 4,
    loadShards: 2.5,
    busiestUse: 0.65,
    refused: false,
    lagMs: 0,
    lagOf: null,
    lastReshardAtMs: null,
    reshardsInDay: 0,
    isUnderWay: false,
    hindrance: null,
    lastVainAtMs: null,
    lastReliefAtMs: null,
    ...change,
  };
}
