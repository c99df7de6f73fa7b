import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import type { LeaseArrangement, LeaseFilter, LeaseSort } from './lease-page.ts';
import { isStuck } from './status-level.ts';

/** Leases that are sought, in the order wanted. What is not known comes last, whichever way round. @param leases in hash-key order */
export function arrangeLeases(
  leases: readonly LeaseHealth[],
  { search, filter, sort, direction }: LeaseArrangement,
): readonly LeaseHealth[] {
  const sought = search.trim().toLowerCase();
  const found = leases.filter((lease) => passes(lease, filter) && matches(lease, sought));
  if (sort === 'range') return direction === 'asc' ? found : found.reverse();
  const turn = direction === 'asc' ? 1 : -1;
  return found
    .map((lease) => ({ lease, key: keyOf(lease, sort) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) {
        return Number(a.key === null) - Number(b.key === null);
      }
      return a.key < b.key ? -turn : a.key > b.key ? turn : 0;
    })
    .map(({ lease }) => lease);
}

function passes({ status, lag }: LeaseHealth, filter: LeaseFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'stuck':
      return isStuck(status);
    case 'behind':
      return lag.kind === 'interval' && lag.atMostMs > 0;
    case 'unknown':
      return lag.kind === 'unknown' || status === 'UNKNOWN';
  }
}

function matches({ shardId, owner, checkpointOwner }: LeaseHealth, sought: string): boolean {
  if (sought === '') return true;
  return [shardId, owner, checkpointOwner].some((text) => text?.toLowerCase().includes(sought));
}

/** Greater is worse, so that the first descending order shows the worst first. null: not known. */
function keyOf(lease: LeaseHealth, sort: Exclude<LeaseSort, 'range'>): number | string | null {
  switch (sort) {
    case 'status':
      return -STATUSES_WORST_FIRST.indexOf(lease.status);
    case 'lag':
      return lease.lag.kind === 'interval' ? lease.lag.atMostMs : null;
    case 'owner':
      return lease.owner;
    case 'backlog':
      return lease.backlogRecords;
    case 'caught-up':
      return lease.caughtUpInMs;
    case 'loss':
      return lease.lossInMs;
  }
}
