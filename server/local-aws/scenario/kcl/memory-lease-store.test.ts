import { expect, it } from 'vitest';
import type { Lease } from './lease.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';

const lease: Lease = {
  leaseKey: 'shardId-000000000000',
  shardId: 'shardId-000000000000',
  streamId: null,
  leaseOwner: 'w-1',
  checkpointOwner: null,
  leaseCounter: 3,
  checkpoint: 'TRIM_HORIZON',
  pendingCheckpoint: null,
  ownerSwitchesSinceCheckpoint: 0,
  parentShardIds: [],
  childShardIds: [],
  startingHashKey: '0',
  endingHashKey: '1',
  throughputKBps: 0,
};

it('changes a lease that is as was seen, and no other', async () => {
  const store = new MemoryLeaseStore();
  expect(await store.create(lease)).toBe(true);
  expect(await store.create(lease)).toBe(false);
  expect(await store.update(lease.leaseKey, { checkpoint: '5' }, 2)).toBeNull();
  expect(await store.update('another', { checkpoint: '5' }, 3)).toBeNull();
  const change = { checkpoint: '5', leaseCounter: 4 };
  expect(await store.update(lease.leaseKey, change, 3)).toEqual({ ...lease, ...change });
});

it('promises a lease by its owner, once, however often that one renews', async () => {
  const store = new MemoryLeaseStore();
  await store.create(lease);
  const wish = { leaseOwner: 'w-2', checkpointOwner: 'w-1' };
  expect(await store.update(lease.leaseKey, wish, { soleOwner: 'w-3' })).toBeNull();
  expect(await store.update(lease.leaseKey, wish, { soleOwner: 'w-1' })).toMatchObject(wish);
  expect(await store.update(lease.leaseKey, wish, { soleOwner: 'w-1' })).toBeNull();
  expect(await store.update(lease.leaseKey, wish, { soleOwner: 'w-2' })).toBeNull();
});
