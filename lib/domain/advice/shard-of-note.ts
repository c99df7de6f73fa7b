import { type ShardUse, tightestLimit } from '#lib/domain/throughput.ts';
import type { ShardLoad } from './facts.ts';
import type { ShardOfNote } from './finding.ts';

/** A shard by the limit that it uses most; null where no limit is known. */
export function shardOfNote(shardId: string, use: ShardUse): ShardOfNote | null {
  const tightest = tightestLimit(use);
  return tightest.limit === null ? null : { shardId, limit: tightest.limit, use: tightest.use };
}

/** The one whose tightest limit was used most, on average. */
export function hottestOnAverage(shards: readonly ShardLoad[]): ShardOfNote | null {
  let hottest: ShardOfNote | null = null;
  for (const { shardId, mean } of shards) {
    const one = shardOfNote(shardId, mean);
    if (one !== null && (hottest === null || one.use > hottest.use)) hottest = one;
  }
  return hottest;
}
