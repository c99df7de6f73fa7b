import type { LeaseSort } from './lease-page.ts';

export type LeaseColumnId =
  | 'shard'
  | 'status'
  | 'lag'
  | 'owner'
  | 'backlog'
  | 'pace'
  | 'caught-up'
  | 'loss';

/** A column of the table of leases. `width`: CSS pixels. */
export type LeaseColumn = {
  readonly id: LeaseColumnId;
  readonly label: string;
  /** What it holds, on hover. */
  readonly title: string;
  readonly width: number;
  readonly numeric: boolean;
  readonly sort: LeaseSort | null;
};

export const LEASE_COLUMNS: readonly LeaseColumn[] = [
  {
    id: 'shard',
    label: 'Shard',
    title: 'In the order of hash keys',
    width: 96,
    numeric: false,
    sort: 'range',
  },
  {
    id: 'lag',
    label: 'Lag',
    title: 'How far its place is behind the tip, as an interval; of when, and by what',
    width: 216,
    numeric: true,
    sort: 'lag',
  },
  {
    id: 'status',
    label: 'Status',
    title: 'How it is, and since when',
    width: 190,
    numeric: false,
    sort: 'status',
  },
  {
    id: 'owner',
    label: 'Owner',
    title: 'The worker that holds the lease',
    width: 190,
    numeric: false,
    sort: 'owner',
  },
  {
    id: 'backlog',
    label: 'Backlog',
    title: 'Unread at least: what arrived in whole periods after its checkpoint',
    width: 128,
    numeric: true,
    sort: 'backlog',
  },
  {
    id: 'pace',
    label: 'Pace',
    title: 'Time of records worked off in a second: 1 keeps up, more catches up',
    width: 118,
    numeric: true,
    sort: null,
  },
  {
    id: 'caught-up',
    label: 'Caught up',
    title: 'When the backlog is gone at this pace',
    width: 128,
    numeric: true,
    sort: 'caught-up',
  },
  {
    id: 'loss',
    label: 'Data loss',
    title: 'When the oldest unread record passes retention at this pace',
    width: 104,
    numeric: true,
    sort: 'loss',
  },
];
