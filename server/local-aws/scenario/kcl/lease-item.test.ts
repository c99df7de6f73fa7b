import { describe, expect, it } from 'vitest';
import { readLease } from '#lib/domain/consumers/kcl-lease.ts';
import type { Library } from './consumer-plan.ts';
import { type Lease, SHARD_END, TRIM_HORIZON } from './lease.ts';
import { changeToAttributes, leaseFromItem, leaseToItem } from './lease-item.ts';

const lease: Lease = {
  leaseKey: 'shardId-000000000005',
  shardId: 'shardId-000000000005',
  streamId: null,
  leaseOwner: 'reports-worker-1',
  checkpointOwner: null,
  leaseCounter: 7,
  checkpoint: SHARD_END,
  pendingCheckpoint: null,
  ownerSwitchesSinceCheckpoint: 2,
  parentShardIds: ['shardId-000000000000', 'shardId-000000000001'],
  childShardIds: ['shardId-000000000009'],
  startingHashKey: '0',
  endingHashKey: '340282366920938463463374607431768211455',
  throughputKBps: 12.25,
};

const version1 = {
  leaseKey: { S: 'shardId-000000000005' },
  leaseOwner: { S: 'reports-worker-1' },
  leaseCounter: { N: '7' },
  checkpoint: { S: 'SHARD_END' },
  checkpointSubSequenceNumber: { N: '0' },
  ownerSwitchesSinceCheckpoint: { N: '2' },
  parentShardId: { SS: ['shardId-000000000000', 'shardId-000000000001'] },
};
const version2 = {
  ...version1,
  childShardIds: { SS: ['shardId-000000000009'] },
  startingHashKey: { S: '0' },
  endingHashKey: { S: '340282366920938463463374607431768211455' },
};
const version3 = { ...version2, throughputKBps: { N: '12.25' } };

describe('a lease in its table', () => {
  it.each<[Library, object]>([
    ['kcl-1', version1],
    ['kcl-2', version2],
    ['kcl-3', version3],
    ['kcl-3.5', { ...version3, entityType: { S: 'LEASE' } }],
  ])('has the attributes of %s, by their types', (library, item) => {
    expect(leaseToItem(lease, library)).toEqual(item);
  });

  it('names its stream in an application of several', () => {
    const streamId = '123456789012:orders:1790000000';
    const leaseKey = `${streamId}:${lease.shardId}`;
    const several = { ...lease, leaseKey, streamId };
    const item = leaseToItem(several, 'kcl-2');
    expect(item).toMatchObject({
      leaseKey: { S: leaseKey },
      streamName: { S: streamId },
      shardId: { S: lease.shardId },
    });
    expect(leaseFromItem(item)).toEqual({ ...several, throughputKBps: 0 });
  });

  it('is left without what has no value, and read back as it was written', () => {
    const first = {
      ...lease,
      leaseOwner: null,
      checkpoint: TRIM_HORIZON,
      parentShardIds: [],
      childShardIds: [],
    };
    expect(Object.keys(leaseToItem(first, 'kcl-3'))).not.toContain('leaseOwner');
    expect(Object.keys(leaseToItem(first, 'kcl-3'))).not.toContain('parentShardId');
    const handed = { ...lease, checkpointOwner: 'reports-worker-2', pendingCheckpoint: '7' };
    for (const one of [lease, first, handed]) {
      expect(leaseFromItem(leaseToItem(one, 'kcl-3'))).toEqual(one);
    }
  });

  it('is what readers of such tables take for a lease', () => {
    for (const library of ['kcl-1', 'kcl-2', 'kcl-3', 'kcl-3.5'] as const) {
      expect(readLease(leaseToItem(lease, library))).toMatchObject({
        kind: 'lease',
        lease: { shardId: lease.shardId, owner: 'reports-worker-1', counter: 7n },
      });
    }
  });

  it('is not a row of another entity', () => {
    const worker = { leaseKey: { S: 'w-1' }, entityType: { S: 'WORKER_METRIC_STATS' } };
    expect(leaseFromItem(worker)).toBeNull();
  });
});

it('says what a change sets and what it takes away, of what the generation knows', () => {
  const change = { leaseOwner: null, checkpointOwner: null, checkpoint: '5', leaseCounter: 8 };
  expect(changeToAttributes(change, 'kcl-2')).toEqual({
    set: {
      checkpoint: { S: '5' },
      checkpointSubSequenceNumber: { N: '0' },
      leaseCounter: { N: '8' },
    },
    remove: ['leaseOwner'],
  });
  expect(changeToAttributes(change, 'kcl-3').remove).toEqual(['leaseOwner', 'checkpointOwner']);
});
