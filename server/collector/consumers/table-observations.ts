import type { ApplicationSource } from '#lib/domain/consumers/application-source.ts';
import type { BoundBy } from '#lib/domain/consumers/bind-table.ts';
import { workersTableOf } from '#lib/domain/consumers/classify-table.ts';
import { type LeaseGroup, readLeaseRows, readWorker } from '#lib/domain/consumers/lease-rows.ts';
import { readLifionState } from '#lib/domain/consumers/lifion-state.ts';
import type { LeaseObservation, ObservedWorker } from '#lib/domain/consumers/observation.ts';
import type { RowGroup } from './bind-rows.ts';
import type { FollowedTable } from './followed-table.ts';
import type { ScannedTable } from './scan-table.ts';

/** What a table says of one application on one stream, before it is known which stream that is. */
export type GroupObservation = {
  readonly group: RowGroup;
  readonly observation: LeaseObservation;
  readonly sourceOf: (boundBy: BoundBy) => ApplicationSource;
};

/**
 * What the rows of a table say, one entry for each application and stream.
 * @param workers reports of workers out of a table of their own; null: there is none, or it cannot be read
 */
export function observationsIn(
  table: FollowedTable,
  scan: ScannedTable,
  workers: readonly ObservedWorker[] | null,
): readonly GroupObservation[] {
  return table.layout === 'lifion' ? ofLifion(table, scan) : ofLeases(table, scan, workers);
}

function ofLeases(
  { tableName }: FollowedTable,
  scan: ScannedTable,
  reported: readonly ObservedWorker[] | null,
): readonly GroupObservation[] {
  const rows = readLeaseRows(scan.items);
  // A table without a lease is an application that has just been made, or has been left.
  const groups: readonly LeaseGroup[] =
    rows.groups.length > 0 ? rows.groups : [{ stream: null, leases: [] }];
  return groups.map(
    ({ stream, leases }): GroupObservation => ({
      group: {
        name:
          stream === null
            ? null
            : `${stream.accountId}:${stream.streamName}:${stream.createdSeconds}`,
        leases,
        isUnreadable: leases.length === 0 && rows.unreadable.length > 0,
        stream: stream === null ? null : { ...stream, isCreationSure: false },
      },
      observation: {
        atMs: scan.atMs,
        throughMs: scan.throughMs,
        counterIs: 'renewals',
        leases,
        unreadable: rows.unreadable,
        workers: workersFor(leases, groups, rows.workers ?? reported),
      },
      sourceOf: (boundBy) => ({
        kind: 'kcl',
        tableName,
        workersTable: reported === null ? null : workersTableOf(tableName),
        isMultiStream: stream !== null,
        boundBy,
      }),
    }),
  );
}

/**
 * The workers that a group of leases is to hear of. An application of several streams has one set of workers for all: on
 * each stream those count that work on it; and those that have nothing to do anywhere, if there are more workers than
 * leases.
 */
function workersFor(
  leases: LeaseGroup['leases'],
  groups: readonly LeaseGroup[],
  workers: readonly ObservedWorker[] | null,
): readonly ObservedWorker[] | null {
  if (workers === null || groups.length === 1) return workers;
  const unfinished = groups
    .flatMap((group) => group.leases)
    .filter(({ checkpoint }) => checkpoint.kind !== 'shard-end');
  const busy = new Set(unfinished.map(({ owner }) => owner));
  const here = new Set(leases.map(({ owner }) => owner));
  const isExcess = workers.length > unfinished.length;
  return workers.filter(({ workerId }) => here.has(workerId) || (isExcess && !busy.has(workerId)));
}

function ofLifion({ tableName }: FollowedTable, scan: ScannedTable): readonly GroupObservation[] {
  return scan.items.flatMap((item): readonly GroupObservation[] => {
    const state = readLifionState(item);
    if (state === null) return [];
    const { consumerGroup, streamName, streamCreatedMs, sharesShards, leases } = state;
    const found: GroupObservation = {
      group: {
        name: `${consumerGroup}/${streamName}`,
        leases: leases.map((lease) => ({ ...lease, range: null })),
        isUnreadable: false,
        stream: {
          streamName,
          accountId: null,
          createdSeconds: streamCreatedMs === null ? null : Math.floor(streamCreatedMs / 1000),
          isCreationSure: true,
        },
      },
      observation: {
        atMs: scan.atMs,
        throughMs: scan.throughMs,
        counterIs: 'expiry',
        leases,
        unreadable: state.unreadable,
        workers: state.workers,
      },
      sourceOf: () => ({ kind: 'lifion', tableName, consumerGroup, sharesShards }),
    };
    return [found];
  });
}

/** Reports of workers out of the rows of their table. */
export function workersIn(scan: ScannedTable): readonly ObservedWorker[] {
  return scan.items.flatMap((item) => readWorker(item) ?? []);
}
