import { emptyShardValues, emptyStreamValues, type Frame, shardValueIndex } from './frame.ts';
import type { ShardMetric } from './shard-metric.ts';

/** For tests: a frame of one second of topology 1, with the given sums by metric and place. */
export function frameOf(
  shardCount: number,
  values: Partial<Record<ShardMetric, readonly number[]>>,
): Frame {
  const shards = emptyShardValues(shardCount);
  for (const [metric, sums] of Object.entries(values) as [ShardMetric, readonly number[]][]) {
    sums.forEach((sum, place) => {
      shards[shardValueIndex(metric, place, shardCount)] = sum;
    });
  }
  return {
    periodStartMs: 0,
    periodSeconds: 1,
    topologyId: 1,
    collectedAtMs: 1_000,
    stream: emptyStreamValues(),
    shards,
  };
}
