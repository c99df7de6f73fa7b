import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lease, SHARD_END, TRIM_HORIZON } from './lease.ts';
import {
  FAILOVER_MS,
  isReadyToRead,
  leasesToTake,
  type Sighting,
  seeLeases,
  type Taking,
} from './lease-taking.ts';

function lease(leaseKey: string, leaseOwner: string | null, change: Partial<Lease> = {}): Lease {
  return {
    leaseKey,
    shardId: leaseKey,
    streamId: null,
    leaseOwner,
    checkpointOwner: null,
    pendingCheckpoint: null,
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

const fresh: ReadonlyMap<string, Sighting> = new Map();

/** What a worker takes that works on all that the table says is its own. */
function taken(
  worker: string,
  leases: readonly Lease[],
  {
    sightings = fresh,
    nowMs = 0,
    taking = 'share' as Taking,
    held = heldBy(worker, leases),
    most = Number.POSITIVE_INFINITY,
  } = {},
): readonly string[] {
  const view = { worker, held, leases, sightings, nowMs, random: () => 0, most };
  return leasesToTake(view, taking).map(({ leaseKey }) => leaseKey);
}

function heldBy(worker: string, leases: readonly Lease[]): ReadonlySet<string> {
  const own = leases.filter(({ leaseOwner }) => leaseOwner === worker);
  return new Set(own.map(({ leaseKey }) => leaseKey));
}

describe('taking leases', () => {
  it('takes free ones up to its share', () => {
    const leases = [lease('1', null), lease('2', null), lease('3', 'b'), lease('4', 'b')];
    expect(taken('a', leases)).toEqual(['1', '2']);
  });

  it('takes what its owner has let stand, and nothing before that', () => {
    const leases = [lease('1', 'b'), lease('2', 'a')];
    const seen = seeLeases(leases, new Map(), 1_000);
    expect(taken('a', leases, { sightings: seen, nowMs: 1_000 + FAILOVER_MS - 1 })).toEqual([]);
    const renewed = seeLeases(
      leases.map((one) => (one.leaseOwner === 'a' ? { ...one, leaseCounter: 1 } : one)),
      seen,
      1_000 + FAILOVER_MS,
    );
    const after = { sightings: renewed, nowMs: 1_000 + FAILOVER_MS };
    expect(taken('a', leases, after)).toEqual(['1']);
  });

  it('steals one at a time from who has too many', () => {
    const leases = ['1', '2', '3', '4'].map((key) => lease(key, 'b'));
    expect(taken('a', leases)).toHaveLength(1);
    expect(taken('b', leases)).toEqual([]);
  });

  it('leaves finished shards alone', () => {
    const leases = [lease('1', null, { checkpoint: SHARD_END }), lease('2', 'a')];
    expect(taken('a', leases)).toEqual([]);
  });

  it('takes up its own again that it no longer works on, once they have stood', () => {
    const leases = [lease('1', 'a')];
    const sightings = seeLeases(leases, new Map(), 0);
    const held = new Set<string>();
    expect(taken('a', leases, { sightings, held, nowMs: FAILOVER_MS - 1 })).toEqual([]);
    expect(taken('a', leases, { sightings, held, nowMs: FAILOVER_MS })).toEqual(['1']);
  });

  it('leaves alone what is being handed over', () => {
    const leases = ['1', '2', '3', '4'].map((key) => lease(key, 'b', { checkpointOwner: 'c' }));
    expect(taken('a', leases)).toEqual([]);
    expect(taken('a', leases, { taking: 'everything' })).toEqual([]);
  });

  it('takes nothing, everything, or one more, where it was told so', () => {
    const leases = [lease('1', null), lease('2', 'b'), lease('3', 'b'), lease('4', 'a')];
    expect(taken('a', leases, { taking: 'nothing' })).toEqual([]);
    expect(taken('a', leases, { taking: 'everything' })).toEqual(['1', '2', '3']);
    expect(taken('a', leases, { taking: 'everything', most: 3 })).toEqual(['1', '2']);
    expect(taken('a', leases, { taking: 'another' })).toEqual(['1']);
    expect(taken('a', leases.slice(1), { taking: 'another' })).toEqual(['2']);
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
            for (const leaseKey of taken(worker, leases)) {
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
