import { pick, type Random } from '#server/local-aws/scenario/seeded-random.ts';
import { type Lease, SHARD_END } from './lease.ts';

/** What a worker remembers of a lease: since when its counter has stood still. */
export type Sighting = { readonly leaseCounter: number; readonly sinceMs: number };

/** A lease whose counter stood still for so long has lost its owner: the library's failoverTimeMillis. */
export const FAILOVER_MS = 10_000;

/**
 * Which leases a worker goes for:
 * - `share`: what the library gives it;
 * - `nothing`: none, not even free ones;
 * - `everything`: all leases of all others;
 * - `another`: each time one more of somebody else's, as workers do that take each other for dead.
 */
export type Taking = 'share' | 'nothing' | 'everything' | 'another';

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

type View = {
  readonly worker: string;
  /** Keys of the leases that it works on now. */
  readonly held: ReadonlySet<string>;
  readonly leases: readonly Lease[];
  readonly sightings: ReadonlyMap<string, Sighting>;
  readonly nowMs: number;
  /** Which of others' leases one more is, by chance. */
  readonly random: Random;
  /** So many leases it works on at most, where it takes everything. */
  readonly most?: number;
};

/**
 * Which leases a worker takes now, by the rules of the Kinesis Client Library 2:
 * 1. Leases at SHARD_END are nobody's concern.
 * 2. A lease without an owner, or whose owner let it stand for FAILOVER_MS, is free.
 * 3. Each worker's share is the leases over the workers, rounded up; free leases are taken up to it.
 * 4. Where none is free and the share is not reached, one is taken from the worker with the most, if
 *    that one has more than its share.
 */
export function leasesToTake(view: View, taking: Taking = 'share'): readonly Lease[] {
  const { worker, held } = view;
  const active = view.leases.filter(({ checkpoint }) => checkpoint !== SHARD_END);
  // Whoever is handed a lease waits for it.
  const isOthers = ({ leaseKey, leaseOwner, checkpointOwner }: Lease) =>
    leaseOwner !== null && leaseOwner !== worker && checkpointOwner === null && !held.has(leaseKey);
  switch (taking) {
    case 'nothing':
      return [];
    case 'everything':
      return active
        .filter((lease) => isFree(lease, view) || isOthers(lease))
        .slice(0, Math.max(0, (view.most ?? active.length) - held.size));
    case 'another': {
      const others = active.filter(isOthers);
      const free = active.filter((lease) => isFree(lease, view));
      if (free.length > 0) return free;
      return others.length === 0 ? [] : [pick(view.random, others)];
    }
    case 'share':
      return takeShare(view, active);
  }
}

function takeShare(view: View, active: readonly Lease[]): readonly Lease[] {
  const { worker } = view;
  const counts = new Map<string, number>([[worker, 0]]);
  for (const lease of active) {
    if (lease.leaseOwner !== null && !isFree(lease, view)) {
      counts.set(lease.leaseOwner, (counts.get(lease.leaseOwner) ?? 0) + 1);
    }
  }
  const share = Math.ceil(active.length / counts.size);
  const wanted = share - (counts.get(worker) ?? 0);
  if (wanted <= 0) {
    return [];
  }
  const free = active.filter((lease) => isFree(lease, view));
  if (free.length > 0) {
    return free.slice(0, wanted);
  }
  const [richest] = [...counts].sort(([a, most], [b, next]) => next - most || (a < b ? -1 : 1));
  if (richest === undefined || richest[1] <= share) {
    return [];
  }
  return active
    .filter((lease) => lease.leaseOwner === richest[0] && lease.checkpointOwner === null)
    .slice(0, 1);
}

function isFree(lease: Lease, { held, sightings, nowMs }: View): boolean {
  if (held.has(lease.leaseKey)) return false;
  const stoodMs = nowMs - (sightings.get(lease.leaseKey)?.sinceMs ?? nowMs);
  return stoodMs >= FAILOVER_MS || (lease.leaseOwner === null && lease.checkpointOwner === null);
}

/** May a shard be read? Its parents have to be read to their end first, as far as they have leases. */
export function isReadyToRead(lease: Lease, leases: readonly Lease[]): boolean {
  return lease.parentShardIds.every((parent) => {
    const checkpoint = leases.find(
      ({ shardId, streamId }) => shardId === parent && streamId === lease.streamId,
    )?.checkpoint;
    return checkpoint === undefined || checkpoint === SHARD_END;
  });
}
