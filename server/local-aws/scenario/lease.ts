/** Checkpoints that are no sequence number. */
export const TRIM_HORIZON = 'TRIM_HORIZON';
export const SHARD_END = 'SHARD_END';

/**
 * One row of a lease table of the Kinesis Client Library, versions 2 and 3. Names and meaning as in
 * DynamoDBLeaseSerializer.java of awslabs/amazon-kinesis-client 3.5.1.
 */
export type Lease = {
  /** The shard's id: the table belongs to one stream. */
  readonly leaseKey: string;
  /** Null while nobody works on it. */
  readonly leaseOwner: string | null;
  /** Goes up by one with each renewal and each change of owner. */
  readonly leaseCounter: number;
  /** A sequence number, TRIM_HORIZON, or SHARD_END. */
  readonly checkpoint: string;
  readonly ownerSwitchesSinceCheckpoint: number;
  readonly parentShardIds: readonly string[];
  readonly childShardIds: readonly string[];
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  /** KiB/s read of late: version 3 spreads leases by it. */
  readonly throughputKBps: number;
};

/** The lease table of one application. */
export type LeaseStore = {
  /** @returns false where the lease is there already. */
  create(lease: Lease): Promise<boolean>;
  /** Writes `lease` if its counter in the table still is `expectedCounter`. @returns false if not. */
  update(lease: Lease, expectedCounter: number): Promise<boolean>;
  list(): Promise<readonly Lease[]>;
  /** Takes a row out of the table. */
  remove(leaseKey: string): Promise<void>;
};

/** A lease table in memory: for the past, and for tests. */
export class MemoryLeaseStore implements LeaseStore {
  readonly #leases = new Map<string, Lease>();

  async create(lease: Lease): Promise<boolean> {
    if (this.#leases.has(lease.leaseKey)) {
      return false;
    }
    this.#leases.set(lease.leaseKey, lease);
    return true;
  }

  async update(lease: Lease, expectedCounter: number): Promise<boolean> {
    if (this.#leases.get(lease.leaseKey)?.leaseCounter !== expectedCounter) {
      return false;
    }
    this.#leases.set(lease.leaseKey, lease);
    return true;
  }

  async list(): Promise<readonly Lease[]> {
    return [...this.#leases.values()];
  }

  async remove(leaseKey: string): Promise<void> {
    this.#leases.delete(leaseKey);
  }
}
