import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lease, SHARD_END, TRIM_HORIZON } from './lease.ts';
import { FAILOVER_MS, isReadyToRead, leasesToTake, seeLeases } from './lease-taking.ts';

function lease(leaseKey: string, leaseOwner: string | null, change: Partial<Lease> = {}): Lease {
  return {
    leaseKey,
    leaseOwner,
    leaseCounter: 0,
    checkpoint: TRIM_HORIZON,
    ownerSwitchesSinceCheckpoint: 0,
    parentShardIds: [],
    childShardIds: [],
    startingHashKey: '0',
    endingHashKey: '1',
    throughputKBps: 0,
    ...change,
  };
}

const fresh = new Map();

describe('taking leases', () => {
  it('takes free ones up to its share', () => {
    const leases = [lease('1', null), lease('2', null), lease('3', 'b'), lease('4', 'b')];
    expect(leasesToTake('a', leases, fresh, 0).map(({ leaseKey }) => leaseKey)).toEqual(['1', '2']);
  });

  it('takes what its owner has let stand, and nothing before that', () => {
    const leases = [lease('1', 'b'), lease('2', 'a')];
    const seen = seeLeases(leases, new Map(), 1_000);
    expect(leasesToTake('a', leases, seen, 1_000 + FAILOVER_MS - 1)).toEqual([]);
    const renewed = seeLeases(
      leases.map((one) => (one.leaseOwner === 'a' ? { ...one, leaseCounter: 1 } : one)),
      seen,
      1_000 + FAILOVER_MS,
    );
    const taken = leasesToTake('a', leases, renewed, 1_000 + FAILOVER_MS);
    expect(taken.map(({ leaseKey }) => leaseKey)).toEqual(['1']);
  });

  it('steals one at a time from who has too many', () => {
    const leases = ['1', '2', '3', '4'].map((key) => lease(key, 'b'));
    expect(leasesToTake('a', leases, fresh, 0)).toHaveLength(1);
    expect(leasesToTake('b', leases, fresh, 0)).toEqual([]);
  });

  it('leaves finished shards alone', () => {
    const leases = [lease('1', null, { checkpoint: SHARD_END }), lease('2', 'a')];
    expect(leasesToTake('a', leases, fresh, 0)).toEqual([]);
  });

  it('comes to a fair share, whoever held what, and then rests', () => {
    const owners = fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(owners, (initial) => {
        const leases = initial.map((owner, i) => lease(String(i), owner));
        const workers = ['a', 'b', 'c'];
        let isResting = false;
        for (let round = 0; round < 60 && !isResting; round += 1) {
          isResting = true;
          for (const worker of workers) {
            for (const { leaseKey } of leasesToTake(worker, leases, fresh, 0)) {
              isResting = false;
              const at = Number(leaseKey);
              leases[at] = lease(leaseKey, worker);
            }
          }
        }
        expect(isResting).toBe(true);
        const counts = workers.map(
          (worker) => leases.filter(({ leaseOwner }) => leaseOwner === worker).length,
        );
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(leases.length);
        expect(Math.max(...counts)).toBeLessThanOrEqual(Math.ceil(leases.length / 3));
      }),
    );
  });
});

it('reads a child only after its parents', () => {
  const child = lease('c', 'a', { parentShardIds: ['p', 'q'] });
  const done = { checkpoint: SHARD_END };
  expect(isReadyToRead(child, [lease('p', 'a'), lease('q', 'a', done)])).toBe(false);
  expect(isReadyToRead(child, [lease('p', 'a', done), lease('q', 'a', done)])).toBe(true);
  expect(isReadyToRead(child, [lease('p', 'a', done)])).toBe(true);
});
