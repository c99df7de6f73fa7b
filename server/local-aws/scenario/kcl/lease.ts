import type { ShardId } from '#lib/domain/shard.ts';

/** Checkpoints that are no sequence number. */
export const TRIM_HORIZON = 'TRIM_HORIZON';
export const LATEST = 'LATEST';
export const AT_TIMESTAMP = 'AT_TIMESTAMP';
export const SHARD_END = 'SHARD_END';

/**
 * One row of a lease table of the Kinesis Client Library. Names and meaning as in DynamoDBLeaseSerializer.java of
 * awslabs/amazon-kinesis-client 3.5.1; null for an attribute that the row does not have.
 */
export type Lease = {
  /** The shard's id, or `<streamId>:<shardId>` in a multi-stream application. */
  readonly leaseKey: string;
  readonly shardId: ShardId;
  /** `account:stream:creation epoch` in a multi-stream application, else null: such a table never names its stream. */
  readonly streamId: string | null;
  /** Null while nobody works on it. */
  readonly leaseOwner: string | null;
  /** While a lease is handed over in peace: who still works on it. */
  readonly checkpointOwner: string | null;
  /** Goes up by one with each renewal and each change of owner. */
  readonly leaseCounter: number;
  /** A sequence number, TRIM_HORIZON, LATEST, AT_TIMESTAMP, or SHARD_END. */
  readonly checkpoint: string;
  readonly pendingCheckpoint: string | null;
  readonly ownerSwitchesSinceCheckpoint: number;
  /** Ids of shards, without their stream. */
  readonly parentShardIds: readonly ShardId[];
  readonly childShardIds: readonly ShardId[];
  /** Decimal; empty where the table does not keep ranges. */
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  /** KiB/s read of late: version 3 spreads leases by it. */
  readonly throughputKBps: number;
};

/** What a write may change of a lease; what is left out stays as it is in the table. */
export type LeaseChange = Partial<Omit<Lease, 'leaseKey' | 'shardId' | 'streamId'>>;

/** What a write rests on: the counter that was seen, or that the lease is still this worker's and promised to nobody. */
export type Expected = number | { readonly soleOwner: string };

/** The leases of one application. */
export type LeaseStore = {
  /** @returns false where the lease is there already. */
  create(lease: Lease): Promise<boolean>;
  /**
   * Changes a lease if it is still as `expected`.
   * @returns the row as it is now, with what others changed of it; null where it was not, or there is no row
   */
  update(leaseKey: string, change: LeaseChange, expected: Expected): Promise<Lease | null>;
  list(): Promise<readonly Lease[]>;
  /** Takes a row out of the table. */
  remove(leaseKey: string): Promise<void>;
};

/** Name of the stream that a lease is of, in an application that reads `streamNames`. */
export function streamNameOf({ streamId }: Lease, streamNames: readonly [string, ...string[]]) {
  return streamId?.split(':')[1] ?? streamNames[0];
}
