import { isOpen, type Shard } from '#lib/domain/shard.ts';
import type { StoredItem, StoredValue } from './stored-item.ts';

/**
 * A lease as it is to be: at another checkpoint, and free, so that whoever comes first takes it and whoever thinks that
 * it still has it finds out at its next renewal. What else the row holds stays. Attributes: DynamoDBLeaseSerializer.java
 * of awslabs/amazon-kinesis-client 3.5.1.
 */
export function leaseAtCheckpoint(former: StoredItem, checkpoint: string): StoredItem {
  const {
    leaseOwner: _owner,
    checkpointOwner: _checkpointOwner,
    pendingCheckpoint: _pending,
    pendingCheckpointSubSequenceNumber: _pendingSub,
    pendingCheckpointState: _pendingState,
    ...kept
  } = former;
  return {
    ...kept,
    checkpoint: { S: checkpoint },
    checkpointSubSequenceNumber: { N: '0' },
    ownerSwitchesSinceCheckpoint: { N: '0' },
    leaseCounter: { N: String(counterOf(former) + 1n) },
  };
}

/**
 * The lease of a shard that has none, as the library makes it.
 * @param like another lease of the table: version 3.5 marks its rows by what they are
 */
export function newLease(
  shard: Shard,
  leaseKey: string,
  checkpoint: string,
  like: StoredItem | null,
): StoredItem {
  const parentIds = [shard.parentShardId, shard.adjacentParentShardId].filter((id) => id !== null);
  const parts = leaseKey.split(':');
  const isMultiStream = parts.length === 4;
  return {
    leaseKey: { S: leaseKey },
    ...(like?.['entityType'] !== undefined && { entityType: like['entityType'] }),
    leaseCounter: { N: '0' },
    checkpoint: { S: checkpoint },
    checkpointSubSequenceNumber: { N: '0' },
    ownerSwitchesSinceCheckpoint: { N: '0' },
    startingHashKey: { S: String(shard.range.start) },
    endingHashKey: { S: String(shard.range.end) },
    ...(parentIds.length > 0 && { parentShardId: { SS: parentIds } }),
    ...(isMultiStream && {
      streamName: { S: parts.slice(0, 3).join(':') },
      shardId: { S: shard.shardId },
    }),
  };
}

/** Where a closed shard is worked off, its lease names its children: only then does the library clean it up. */
export function withChildren(item: StoredItem, shard: Shard, shards: readonly Shard[]): StoredItem {
  if (isOpen(shard)) return item;
  const childIds = shards
    .filter((one) => [one.parentShardId, one.adjacentParentShardId].includes(shard.shardId))
    .map(({ shardId }) => shardId);
  return childIds.length === 0 ? item : { ...item, childShardIds: { SS: childIds } };
}

/** Text of an attribute; null where the row has none. */
export function textOf(item: StoredItem, name: string): string | null {
  return memberOf(item[name], 'S');
}

function counterOf(item: StoredItem): bigint {
  const text = memberOf(item['leaseCounter'], 'N');
  return text !== null && /^-?\d+$/.test(text) ? BigInt(text) : 0n;
}

function memberOf(value: StoredValue | undefined, type: 'S' | 'N'): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const member: StoredValue | undefined = Object.entries(value).find(
    ([name]) => name === type,
  )?.[1];
  return typeof member === 'string' ? member : null;
}
