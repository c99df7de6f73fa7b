import { LIMITS, type Limit } from '#lib/domain/throughput.ts';
import type { ShardLoad } from './facts.ts';

/** Two neighbours that one shard would carry. */
export type ColdPair = {
  /** The left one first, as MergeShards takes them. */
  readonly shardIds: readonly [string, string];
  /** What the merged shard would have used at most, of its tightest limit. */
  readonly use: number;
};

/**
 * Pairs of neighbours whose peaks together stay below `coldShare` of each limit, from the left, no shard in two of
 * them. Peaks are added up though they may have been at different times: the merged shard had less, never more.
 * @param shards in range order, without a hole: neighbours in the list are neighbours on the ring
 */
export function coldPairs(shards: readonly ShardLoad[], coldShare: number): readonly ColdPair[] {
  const pairs: ColdPair[] = [];
  for (let i = 0; i + 1 < shards.length; i += 1) {
    const [left, right] = [shards[i], shards[i + 1]];
    if (left === undefined || right === undefined) break;
    const use = togetherUse(left, right);
    if (use === null || use >= coldShare) continue;
    pairs.push({ shardIds: [left.shardId, right.shardId], use });
    i += 1;
  }
  return pairs;
}

/** null where a write limit is not known: what is not measured is not cold. */
function togetherUse(left: ShardLoad, right: ShardLoad): number | null {
  if (!isKnown(left) || !isKnown(right)) return null;
  const together = (limit: Limit) => left.peak[limit] + right.peak[limit];
  return Math.max(...LIMITS.map(together).filter((use) => !Number.isNaN(use)));
}

function isKnown({ peak }: ShardLoad): boolean {
  return !Number.isNaN(peak.writeBytes) && !Number.isNaN(peak.writeRecords);
}
