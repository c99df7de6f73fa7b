import type { ChildShard, StoredRecord } from '#server/local-aws/engine/operations/read-shard.ts';
import { hashKeyRangeMember } from './shard-members.ts';
import { WireTime, type WireValue } from './wire-value.ts';

export function recordMember(record: StoredRecord): WireValue {
  return {
    SequenceNumber: String(record.sequenceNumber),
    ApproximateArrivalTimestamp: new WireTime(record.arrivalMs),
    Data: record.data,
    PartitionKey: record.partitionKey === '' ? undefined : record.partitionKey,
    EncryptionType: record.encryptionType ?? undefined,
  };
}

/** Left out unless a shard has been read to its end. */
export function childShardsMember(children: readonly ChildShard[]): WireValue | undefined {
  return children.length === 0
    ? undefined
    : children.map((child) => ({
        ShardId: child.shardId,
        ParentShards: child.parentShardIds,
        HashKeyRange: hashKeyRangeMember(child.range),
      }));
}
