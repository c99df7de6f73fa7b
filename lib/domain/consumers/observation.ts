import type { ShardId } from '#lib/domain/shard.ts';
import type { Checkpoint } from './checkpoint.ts';

/** A lease of one shard as it stood in its table when it was looked at. */
export type ObservedLease = {
  readonly shardId: ShardId;
  readonly owner: string | null;
  /** Who still works on it while it is handed over in peace (KCL 3). */
  readonly checkpointOwner: string | null;
  /** By `LeaseObservation.counterIs`: renewals so far, or when the lease expires (epoch milliseconds). */
  readonly counter: bigint | null;
  readonly ownerSwitches: number | null;
  readonly checkpoint: Checkpoint;
  /** A checkpoint is prepared and not yet committed. */
  readonly hasPending: boolean;
  readonly parentShardIds: readonly ShardId[];
  readonly childShardIds: readonly ShardId[];
  /** Read from the shard of late, KiB/s (KCL 3). */
  readonly throughputKBps: number | null;
};

/** All leases of an application on one stream, as one reading of their table found them. */
export type LeaseObservation = {
  /** When the reading began and ended, epoch milliseconds on AWS's clock: each row is of some instant between. */
  readonly atMs: number;
  readonly throughMs: number;
  /** The KCL counts renewals; lifion-kinesis writes when a lease expires unless it is renewed. */
  readonly counterIs: 'renewals' | 'expiry';
  readonly leases: readonly ObservedLease[];
  /** What is wrong with rows that could not be read; nothing is concluded from such a row. */
  readonly unreadable: readonly string[];
  /** Workers that report of themselves (KCL 3); null where the application keeps no such rows. */
  readonly workers: readonly ObservedWorker[] | null;
};

/** `lastUpdatedMs`: epoch milliseconds, to the second, on the worker's clock. */
export type ObservedWorker = { readonly workerId: string; readonly lastUpdatedMs: number };
