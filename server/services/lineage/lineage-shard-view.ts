import type { LineageShard } from '#lib/domain/lineage.ts';
import type { LineageShardView, Relative } from '#lib/lineage/lineage-map.ts';
import type { KnownShards } from './known-shards.ts';

/** A shard with its life and family, as it goes over the wire. */
export function lineageShardView(
  { shard, state, createdAtMs, endedAtMs, childIds }: LineageShard,
  { byId }: Pick<KnownShards, 'byId'>,
): LineageShardView {
  const relative = (shardId: string): Relative => ({
    shardId,
    state: byId.get(shardId)?.state ?? null,
  });
  const { parentShardId, adjacentParentShardId } = shard;
  return {
    shard: {
      shardId: shard.shardId,
      startingHashKey: String(shard.range.start),
      endingHashKey: String(shard.range.end),
      parentShardId,
      adjacentParentShardId,
      startingSequenceNumber: String(shard.startingSequenceNumber),
      endingSequenceNumber:
        shard.endingSequenceNumber === null ? null : String(shard.endingSequenceNumber),
    },
    state,
    createdAtMs,
    endedAtMs,
    parents: [parentShardId, adjacentParentShardId].filter((id) => id !== null).map(relative),
    children: childIds.map(relative),
  };
}
