import { type Lease, SHARD_END } from './lease.ts';

/** What a worker remembers of a lease: since when its counter has stood still. */
export type Sighting = { readonly leaseCounter: number; readonly sinceMs: number };

/** A lease whose counter stood still for so long has lost its owner: the library's failoverTimeMillis. */
export const FAILOVER_MS = 10_000;

/** Updates what was seen of each lease; what is no longer listed is forgotten. */
export function seeLeases(
  leases: readonly Lease[],
  before: ReadonlyMap<string, Sighting>,
  nowMs: number,
): ReadonlyMap<string, Sighting> {
  return new Map(
    leases.map(({ leaseKey, leaseCounter }) => {
      const known = before.get(leaseKey);
      const isSame = known !== undefined && known.leaseCounter === leaseCounter;
      return [leaseKey, isSame ? known : { leaseCounter, sinceMs: nowMs }];
    }),
  );
}

/**
 * Which leases `worker` takes now, by the rules of the Kinesis Client Library 2:
 * 1. Leases at SHARD_END are nobody's concern.
 * 2. A lease without an owner, or whose owner let it stand for FAILOVER_MS, is free.
 * 3. Each worker's share is the leases over the workers, rounded up; free leases are taken up to it.
 * 4. Where none is free and the share is not reached, one is stolen from the worker with the most, if
 *    that one has more than its share.
 */
export function leasesToTake(
  worker: string,
  leases: readonly Lease[],
  sightings: ReadonlyMap<string, Sighting>,
  nowMs: number,
): readonly Lease[] {
  const active = leases.filter(({ checkpoint }) => checkpoint !== SHARD_END);
  const isExpired = ({ leaseKey }: Lease) =>
    nowMs - (sightings.get(leaseKey)?.sinceMs ?? nowMs) >= FAILOVER_MS;
  const isFree = (lease: Lease) => lease.leaseOwner === null || isExpired(lease);

  const counts = new Map<string, number>([[worker, 0]]);
  for (const lease of active) {
    if (lease.leaseOwner !== null && !isFree(lease)) {
      counts.set(lease.leaseOwner, (counts.get(lease.leaseOwner) ?? 0) + 1);
    }
  }
  const share = Math.ceil(active.length / counts.size);
  const wanted = share - (counts.get(worker) ?? 0);
  if (wanted <= 0) {
    return [];
  }
  const free = active.filter((lease) => isFree(lease) && lease.leaseOwner !== worker);
  if (free.length > 0) {
    return free.slice(0, wanted);
  }
  const [richest] = [...counts].sort(([a, most], [b, next]) => next - most || (a < b ? -1 : 1));
  if (richest === undefined || richest[1] <= share) {
    return [];
  }
  return active.filter(({ leaseOwner }) => leaseOwner === richest[0]).slice(0, 1);
}

/** May a shard be read? Its parents have to be read to their end first, as far as they have leases. */
export function isReadyToRead(lease: Lease, leases: readonly Lease[]): boolean {
  return lease.parentShardIds.every((parent) => {
    const checkpoint = leases.find(({ leaseKey }) => leaseKey === parent)?.checkpoint;
    return checkpoint === undefined || checkpoint === SHARD_END;
  });
}
