import type { Expected, Lease, LeaseChange, LeaseStore } from './lease.ts';

/** A lease table in memory: for virtual time, and for tests. */
export class MemoryLeaseStore implements LeaseStore {
  readonly #leases = new Map<string, Lease>();

  async create(lease: Lease): Promise<boolean> {
    if (this.#leases.has(lease.leaseKey)) {
      return false;
    }
    this.#leases.set(lease.leaseKey, lease);
    return true;
  }

  async update(leaseKey: string, change: LeaseChange, expected: Expected): Promise<Lease | null> {
    const lease = this.#leases.get(leaseKey);
    if (lease === undefined || !isAs(lease, expected)) {
      return null;
    }
    const changed = { ...lease, ...change };
    this.#leases.set(leaseKey, changed);
    return changed;
  }

  async list(): Promise<readonly Lease[]> {
    return [...this.#leases.values()];
  }

  async remove(leaseKey: string): Promise<void> {
    this.#leases.delete(leaseKey);
  }

  /** Holds these from now on, and nothing else. */
  replaceAll(leases: readonly Lease[]): void {
    this.#leases.clear();
    for (const lease of leases) {
      this.#leases.set(lease.leaseKey, lease);
    }
  }
}

function isAs({ leaseCounter, leaseOwner, checkpointOwner }: Lease, expected: Expected): boolean {
  return typeof expected === 'number'
    ? leaseCounter === expected
    : leaseOwner === expected.soleOwner && checkpointOwner === null;
}
