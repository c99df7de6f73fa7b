import type { ShardId } from '#lib/domain/shard.ts';
import type { Lag } from './lag.ts';
import type { ConsumerStatus, Symptom } from './status.ts';

export type LagTrend = 'falling' | 'steady' | 'growing' | 'unknown';

/** Why a lease's status is UNKNOWN. Words are in lib/consumers. */
export type UnknownStatus =
  /** It has not been seen to move yet: too few observations. */
  | 'seen-once'
  /** TRIM_HORIZON, LATEST or AT_TIMESTAMP: it has a worker, and has not worked off anything yet. */
  | 'nothing-checkpointed'
  /** The checkpoint is neither a word nor a number that is known. */
  | 'unreadable-checkpoint'
  /** The checkpoint stands, and whether anything arrived since is not known (shard-level metrics off, or not read). */
  | 'arrivals-unknown'
  /** The shard has no lease yet, for less time than the library takes to make one. */
  | 'no-lease-yet'
  /** The shard's lease may be one of the rows that could not be read. */
  | 'unreadable-row'
  /** The shards were listed before the lease came up: whether it has a shard is not known yet. */
  | 'shard-not-listed'
  /** Whether it runs is known, how far it is not: CloudWatch has no datapoint. */
  | 'no-metric';

/** How one shard's reader is. Times are epoch milliseconds on AWS's clock, null where not known. */
export type LeaseHealth = {
  readonly shardId: ShardId;
  readonly status: ConsumerStatus;
  /** Since when its status holds; null: not known, or OK, which has no beginning worth telling. */
  readonly sinceMs: number | null;
  /** Set where the status is UNKNOWN. */
  readonly unknown: UnknownStatus | null;
  readonly lag: Lag;
  readonly trend: LagTrend;
  /** Unread, at least: what arrived in periods wholly after its place. null where that is not known by shard. */
  readonly backlogRecords: number | null;
  readonly backlogBytes: number | null;
  readonly owner: string | null;
  /** Who still works on it while it is handed over. */
  readonly checkpointOwner: string | null;
  /** Time of records worked off in a second: 1 keeps up, 2 catches up one second a second, 0 stands. */
  readonly pace: number | null;
  /** Worked off a second, over the same time. */
  readonly recordsPerSecond: number | null;
  /** Until the backlog is gone at this pace. null: not known, nothing to catch up with, or never at this pace. */
  readonly caughtUpInMs: number | null;
  /** Until the oldest unread record passes retention at this pace; 0: it has. null: not known, or never. */
  readonly lossInMs: number | null;
};

/** What one worker does for the application. */
export type WorkerHealth = {
  readonly workerId: string;
  /** Leases that it owns and has not worked off. */
  readonly leases: number;
  /** Of all owned unfinished leases, 0 .. 1. */
  readonly share: number;
  /** KiB/s, summed over its leases; null where they do not say (before KCL 3). */
  readonly throughputKBps: number | null;
  /** Whether it proved to be alive of late. */
  readonly fresh: boolean;
  /** null: it has not moved since anybody looked. */
  readonly lastSeenMs: number | null;
  /** Changes of owner, within the churn window, of the leases that it has now. */
  readonly ownerChanges: number;
  /** Of the worst of its leases. */
  readonly status: ConsumerStatus;
};

export type ApplicationHealth = {
  readonly status: ConsumerStatus;
  readonly sinceMs: number | null;
  /** The lease that is furthest behind. */
  readonly worst: { readonly shardId: ShardId; readonly lag: Lag } | null;
  /** Gravest first. */
  readonly symptoms: readonly Symptom[];
  /** In hash-key order; shards without a lease that should have one are among them. */
  readonly leases: readonly LeaseHealth[];
  /** Most leases first. */
  readonly workers: readonly WorkerHealth[];
  /** The worst lease's, or of the application as a whole (metrics). */
  readonly lag: Lag;
  /** Leases whose lag is not known: the worst may be among them. */
  readonly unknownLags: number;
  readonly trend: LagTrend;
  /** The longest of the leases'; null: not known, nothing to catch up with, or never at this pace. */
  readonly caughtUpInMs: number | null;
  /** The soonest of the leases'. */
  readonly lossInMs: number | null;
  /** Sums over leases of which it is known; null where it is known of none. */
  readonly backlogRecords: number | null;
  readonly backlogBytes: number | null;
  readonly recordsPerSecond: number | null;
};
