import { expect, it } from 'vitest';
import { leaseFromItem, leaseToItem } from './dynamo-lease-store.ts';
import { type Lease, SHARD_END, TRIM_HORIZON } from './lease.ts';

const lease: Lease = {
  leaseKey: 'shardId-000000000005',
  leaseOwner: 'reports-worker-1',
  leaseCounter: 7,
  checkpoint: SHARD_END,
  ownerSwitchesSinceCheckpoint: 2,
  parentShardIds: ['shardId-000000000000', 'shardId-000000000001'],
  childShardIds: ['shardId-000000000009'],
  startingHashKey: '0',
  endingHashKey: '340282366920938463463374607431768211455',
  throughputKBps: 12.25,
};

it('writes the attributes of the library, by their types', () => {
  expect(leaseToItem(lease)).toEqual({
    leaseKey: { S: 'shardId-000000000005' },
    leaseOwner: { S: 'reports-worker-1' },
    leaseCounter: { N: '7' },
    checkpoint: { S: 'SHARD_END' },
    checkpointSubSequenceNumber: { N: '0' },
    ownerSwitchesSinceCheckpoint: { N: '2' },
    parentShardId: { SS: ['shardId-000000000000', 'shardId-000000000001'] },
    childShardIds: { SS: ['shardId-000000000009'] },
    startingHashKey: { S: '0' },
    endingHashKey: { S: '340282366920938463463374607431768211455' },
    throughputKBps: { N: '12.25' },
  });
});

it('leaves out what has no value, and reads back what it wrote', () => {
  const first = {
    ...lease,
    leaseOwner: null,
    checkpoint: TRIM_HORIZON,
    parentShardIds: [],
    childShardIds: [],
  };
  expect(Object.keys(leaseToItem(first))).not.toContain('leaseOwner');
  expect(Object.keys(leaseToItem(first))).not.toContain('parentShardId');
  for (const one of [lease, first]) {
    expect(leaseFromItem(leaseToItem(one))).toEqual(one);
  }
});
