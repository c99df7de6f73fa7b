import { describe, expect, it } from 'vitest';
import {
  decodeSequenceNumber,
  encodeSequenceNumber,
  parseSequenceNumber,
} from '#lib/domain/sequence-number.ts';
import { CheckpointLedger } from './checkpoint-ledger.ts';
import type { Lease, LeaseStore } from './lease.ts';
import { earlierCheckpoint, orphanLike, tamperWithLeases } from './lease-tampering.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';

const NOW_SECONDS = 1_790_000_000;

function checkpointAt(recordSeconds: number, sequenceIndex = 7n): string {
  const shardCreatedSeconds = NOW_SECONDS - 3_600;
  return String(
    encodeSequenceNumber({ shardCreatedSeconds, sequenceIndex, recordSeconds, shardIndex: 2 }),
  );
}

function fieldsOf(checkpoint: string) {
  const sequenceNumber = parseSequenceNumber(checkpoint);
  return sequenceNumber === null ? null : decodeSequenceNumber(sequenceNumber);
}

const lease: Lease = {
  leaseKey: 'shardId-000000000002',
  shardId: 'shardId-000000000002',
  streamId: null,
  leaseOwner: 'w-1',
  checkpointOwner: null,
  leaseCounter: 3,
  checkpoint: checkpointAt(NOW_SECONDS),
  pendingCheckpoint: null,
  ownerSwitchesSinceCheckpoint: 0,
  parentShardIds: [],
  childShardIds: [],
  startingHashKey: '0',
  endingHashKey: '1',
  throughputKBps: 0,
};

describe('tampering with leases', () => {
  it('moves the counter on, so that the holder loses its lease', async () => {
    const store = new MemoryLeaseStore();
    await store.create(lease);
    expect(await tamperWithLeases(store, () => ({ checkpoint: 'LATEST' }))).toBe(1);
    expect(await store.list()).toMatchObject([{ checkpoint: 'LATEST', leaseCounter: 4 }]);
    expect(await store.update(lease.leaseKey, { checkpoint: '9' }, 3)).toBeNull();
  });

  it('tries again what a worker wrote meanwhile, and nothing else', async () => {
    const memory = new MemoryLeaseStore();
    await memory.create(lease);
    await memory.create({ ...lease, leaseKey: 'other', shardId: 'other' });
    let isFirst = true;
    const contested: LeaseStore = {
      create: (one) => memory.create(one),
      list: () => memory.list(),
      remove: (leaseKey) => memory.remove(leaseKey),
      async update(leaseKey, change, expected) {
        if (isFirst && leaseKey === lease.leaseKey) {
          isFirst = false;
          await memory.update(leaseKey, { leaseCounter: lease.leaseCounter + 1 }, expected);
        }
        return memory.update(leaseKey, change, expected);
      },
    };
    expect(await tamperWithLeases(contested, () => ({ leaseOwner: null }))).toBe(2);
    const counters = (await memory.list()).map(({ leaseCounter }) => leaseCounter);
    expect(counters).toEqual([5, 4]);
  });
});

describe('an earlier checkpoint', () => {
  const ledger = new CheckpointLedger();
  for (const secondsAgo of [60, 50, 40]) {
    const atMs = (NOW_SECONDS - secondsAgo) * 1_000;
    const checkpoint = checkpointAt(NOW_SECONDS - secondsAgo, BigInt(100 - secondsAgo));
    const written = { atMs, worker: 'w-1', checkpoint, arrivalMs: atMs, hadUnread: false };
    ledger.write(lease.leaseKey, written);
  }

  it('is the newest that is old enough', () => {
    const timeMs = (NOW_SECONDS - 45) * 1_000;
    const fields = fieldsOf(earlierCheckpoint(lease, ledger, timeMs));
    expect(fields?.recordSeconds).toBe(NOW_SECONDS - 50);
  });

  it('is one of that time, and of that shard, where nobody remembers', () => {
    const timeMs = (NOW_SECONDS - 90_000) * 1_000;
    expect(fieldsOf(earlierCheckpoint(lease, ledger, timeMs))).toMatchObject({
      recordSeconds: NOW_SECONDS - 90_000,
      shardCreatedSeconds: NOW_SECONDS - 3_600,
      shardIndex: 2,
    });
  });

  it('is the beginning where the lease has no place', () => {
    expect(earlierCheckpoint({ ...lease, checkpoint: 'LATEST' }, new CheckpointLedger(), 0)).toBe(
      'TRIM_HORIZON',
    );
  });
});

it('makes an orphan of a shard of its own, whose checkpoint is of that shard', () => {
  const streamId = '123456789012:orders:1790000000';
  const orphan = orphanLike({ ...lease, leaseKey: `${streamId}:${lease.shardId}`, streamId });
  expect(orphan.shardId).toBe('shardId-000000009002');
  expect(orphan.leaseKey).toBe(`${streamId}:shardId-000000009002`);
  expect(fieldsOf(orphan.checkpoint)?.shardIndex).toBe(9_002);
});
