import type { HashRange } from '#lib/domain/hash-range.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { WireValue } from './wire-value.ts';

export function hashKeyRangeMember(range: HashRange): WireValue {
  return { StartingHashKey: String(range.start), EndingHashKey: String(range.end) };
}

export function shardMember(shard: Shard): WireValue {
  return {
    ShardId: shard.shardId,
    ParentShardId: shard.parentShardId ?? undefined,
    AdjacentParentShardId: shard.adjacentParentShardId ?? undefined,
    HashKeyRange: hashKeyRangeMember(shard.range),
    SequenceNumberRange: {
      StartingSequenceNumber: String(shard.startingSequenceNumber),
      EndingSequenceNumber:
        shard.endingSequenceNumber === null ? undefined : String(shard.endingSequenceNumber),
    },
  };
}
