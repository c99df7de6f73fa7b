import { byRangeStart, isOpen, type Shard } from './shard.ts';

/** Open shards in range order: the columns of a frame and the frames of the strip. */
export function openShards(shards: readonly Shard[]): readonly Shard[] {
  return shards.filter(isOpen).sort(byRangeStart);
}

/**
 * Text that is equal for two listings exactly where they hold the same shards in the same state: what
 * decides whether a topology is new. Not a hash; callers hash it.
 */
export function topologyFingerprint(shards: readonly Shard[]): string {
  return [...shards]
    .sort((a, b) => (a.shardId < b.shardId ? -1 : 1))
    .map((s) => `${s.shardId}:${s.range.start}:${s.range.end}:${s.endingSequenceNumber ?? ''}`)
    .join('\n');
}
