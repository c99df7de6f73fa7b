import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { type LeaseItem, readLease } from './kcl-lease.ts';

const SHARD = 'shardId-000000000007';

const single: LeaseItem = {
  leaseKey: { S: SHARD },
  leaseOwner: { S: 'worker-1' },
  leaseCounter: { N: '41' },
  ownerSwitchesSinceCheckpoint: { N: '2' },
  checkpoint: { S: '49657540666418930171109502259426480070896488208763191298' },
  checkpointSubSequenceNumber: { N: '3' },
  parentShardId: { SS: ['shardId-000000000001', 'shardId-000000000002'] },
  startingHashKey: { S: '0' },
  endingHashKey: { S: '99' },
  throughputKBps: { N: '12.5' },
};

function leaseOf(item: LeaseItem) {
  const read = readLease(item);
  if (read.kind !== 'lease') throw new Error(`Not a lease: ${JSON.stringify(read)}`);
  return read.lease;
}

describe('readLease', () => {
  it('reads a lease of a single-stream application', () => {
    expect(leaseOf(single)).toMatchObject({
      leaseKey: SHARD,
      shardId: SHARD,
      stream: null,
      owner: 'worker-1',
      checkpointOwner: null,
      counter: 41n,
      ownerSwitchesSinceCheckpoint: 2,
      checkpoint: { kind: 'sequence', subSequenceNumber: 3n },
      pendingCheckpoint: null,
      range: { start: hashKey(0n), end: hashKey(99n) },
      parentShardIds: ['shardId-000000000001', 'shardId-000000000002'],
      childShardIds: [],
      throughputKBps: 12.5,
    });
  });

  it('reads the stream out of a multi-stream lease', () => {
    const leaseKey = { S: `123456789012:orders.v2_a-b:1700000000:${SHARD}` };
    expect(leaseOf({ ...single, leaseKey })).toMatchObject({
      shardId: SHARD,
      stream: { accountId: '123456789012', streamName: 'orders.v2_a-b', createdSeconds: 1.7e9 },
    });
  });

  it('reads the bare row that version 1 writes', () => {
    const bare = { leaseKey: { S: SHARD }, leaseCounter: { N: '0' }, checkpoint: { S: 'LATEST' } };
    expect(leaseOf(bare)).toMatchObject({
      owner: null,
      counter: 0n,
      checkpoint: { kind: 'latest' },
      range: null,
      throughputKBps: null,
    });
  });

  it('passes over what version 3.5 keeps beside its leases', () => {
    expect(readLease({ ...single, entityType: { S: 'LEASE' } }).kind).toBe('lease');
    expect(readLease({ leaseKey: { S: 'x' }, entityType: { S: 'LEADER' } })).toEqual({
      kind: 'other',
      entityType: 'LEADER',
    });
  });

  it.each([
    [{}, 'no leaseKey'],
    [{ ...single, leaseKey: { S: 'orders' } }, 'names no shard'],
    [{ ...single, leaseKey: { S: `1:orders:x:${SHARD}` } }, 'names no shard'],
    [{ ...single, checkpoint: undefined }, 'no checkpoint'],
  ])('does not guess at %j', (item: LeaseItem, problem) => {
    expect(readLease(item)).toMatchObject({
      kind: 'unreadable',
      problem: expect.stringContaining(problem),
    });
  });

  it('takes damaged numbers and ranges as unknown', () => {
    const damaged = leaseOf({
      ...single,
      leaseCounter: { N: 'many' },
      throughputKBps: { N: 'NaN' },
      startingHashKey: { S: '100' },
    });
    expect(damaged).toMatchObject({ counter: null, throughputKBps: null, range: null });
  });

  it('never throws, whatever the row holds', () => {
    const value = fc.record({ S: fc.string(), N: fc.string() }, { requiredKeys: [] });
    const name = fc.constantFrom(...Object.keys(single), 'entityType', 'pendingCheckpoint');
    fc.assert(
      fc.property(fc.dictionary(name, value), (item) => {
        expect(['lease', 'other', 'unreadable']).toContain(readLease(item).kind);
      }),
    );
  });
});
