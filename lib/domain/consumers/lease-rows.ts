import type { HashRange } from '#lib/domain/hash-range.ts';
import type { DynamoItem } from './dynamo-item.ts';
import { readLease } from './kcl-lease.ts';
import type { ObservedLease, ObservedWorker } from './observation.ts';

/** A stream as the leases of a multi-stream application name it. */
type NamedStream = {
  readonly accountId: string;
  readonly streamName: string;
  /** As its workers were told: mostly, but not surely, when the stream was created. */
  readonly createdSeconds: number;
};

type LeaseRow = ObservedLease & { readonly range: HashRange | null };

/** The leases of one stream in a lease table. `stream` null: the table names none. */
export type LeaseGroup = {
  readonly stream: NamedStream | null;
  readonly leases: readonly LeaseRow[];
};

export type LeaseRows = {
  readonly groups: readonly LeaseGroup[];
  readonly unreadable: readonly string[];
  /** Reports of workers that are kept among the leases (version 3.5); null where there is none. */
  readonly workers: readonly ObservedWorker[] | null;
};

/** Problems that are told one by one; a table full of them is told of by some. */
const PROBLEMS_MAX = 20;

/** Reads the rows of a lease table of the Kinesis Client Library. What is no lease and is known is passed over. */
export function readLeaseRows(items: readonly DynamoItem[]): LeaseRows {
  const groups = new Map<string, { stream: NamedStream | null; leases: LeaseRow[] }>();
  const unreadable: string[] = [];
  const workers: ObservedWorker[] = [];
  for (const item of items) {
    const read = readLease(item);
    if (read.kind === 'unreadable') {
      if (unreadable.length < PROBLEMS_MAX) unreadable.push(read.problem);
    } else if (read.kind === 'other') {
      const worker = read.entityType === 'WORKER_METRIC_STATS' ? readWorker(item) : null;
      if (worker !== null) workers.push(worker);
    } else {
      const { lease } = read;
      const { stream } = lease;
      const key = stream === null ? '' : Object.values(stream).join(':');
      const group = groups.get(key) ?? { stream, leases: [] };
      groups.set(key, group);
      group.leases.push({
        shardId: lease.shardId,
        owner: lease.owner,
        checkpointOwner: lease.checkpointOwner,
        counter: lease.counter,
        ownerSwitches: lease.ownerSwitchesSinceCheckpoint,
        checkpoint: lease.checkpoint,
        hasPending: lease.pendingCheckpoint !== null,
        parentShardIds: lease.parentShardIds,
        childShardIds: lease.childShardIds,
        throughputKBps: lease.throughputKBps,
        range: lease.range,
      });
    }
  }
  return { groups: [...groups.values()], unreadable, workers: workers.length > 0 ? workers : null };
}

/**
 * A worker's report of itself: `wid`, and `lut`, epoch seconds, of WorkerMetricStats.java (3.5.1).
 * @returns null where it has neither
 */
export function readWorker(item: DynamoItem): ObservedWorker | null {
  const workerId = item['wid']?.S ?? item['leaseKey']?.S;
  const seconds = Number(item['lut']?.N ?? Number.NaN);
  if (workerId === undefined || !Number.isFinite(seconds)) return null;
  return { workerId, lastUpdatedMs: seconds * 1000 };
}
