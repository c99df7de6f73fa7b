import type { Database } from '#server/db/client.ts';
import { type CollectorLease, type Transaction, withLease } from '#server/db/collector-lease.ts';

/**
 * Runs a transaction that commits only while the lease is ours.
 * @throws LeaseLost before anything is written
 */
export type StoreWriter = <T>(write: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * One transaction at a time for all rounds of a collector: two that touch the same streams in different order
 * would lock each other out, and frames' numbers shall grow in the order in which they can be seen.
 */
export function openStoreWriter(database: Database, lease: CollectorLease): StoreWriter {
  let last: Promise<unknown> = Promise.resolve();
  return (write) => {
    const next = afterwards(last, () => withLease(database, lease, write));
    last = next;
    return next;
  };
}

async function afterwards<T>(previous: Promise<unknown>, next: () => Promise<T>): Promise<T> {
  // It has told its own caller; here it only has to be over.
  await previous.catch(() => undefined);
  return next();
}
