import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';

export const LEASE_SORTS = [
  'range',
  'status',
  'lag',
  'owner',
  'backlog',
  'caught-up',
  'loss',
] as const;
export type LeaseSort = (typeof LEASE_SORTS)[number];

export const LEASE_FILTERS = ['all', 'stuck', 'behind', 'unknown'] as const;
export type LeaseFilter = (typeof LEASE_FILTERS)[number];

/** Which leases, in which order. `search`: a part of a shard's id or of an owner's. */
export type LeaseArrangement = {
  readonly search: string;
  readonly filter: LeaseFilter;
  readonly sort: LeaseSort;
  readonly direction: 'asc' | 'desc';
};

/** Rows `offset` … of the leases of an application, of one reading of them. */
export type LeasePage = {
  readonly applicationId: number;
  /** On AWS's clock; null before the first reading. */
  readonly observedAtMs: number | null;
  readonly total: number;
  readonly matched: number;
  readonly offset: number;
  readonly lines: readonly LeaseHealth[];
};
