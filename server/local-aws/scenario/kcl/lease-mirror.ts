import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ConsumerPlan } from './consumer-plan.ts';
import type { Lease } from './lease.ts';
import { leaseFromItem, leaseToItem } from './lease-item.ts';
import type { MemoryLeaseStore } from './memory-lease-store.ts';
import { scanTable } from './scan-table.ts';
import { type TableWrite, writeRows } from './table-writer.ts';

/**
 * An application's leases in a world whose clock stands still unless it is moved: while it moves, the workers act on a
 * table in memory; before and after, that table and the one in DynamoDB are made the same. Nobody else can act while
 * the clock moves, so whoever looks between two moves cannot tell.
 */
export class LeaseMirror {
  readonly #client: DynamoDBClient;
  readonly #plan: ConsumerPlan;
  readonly #memory: MemoryLeaseStore;
  /** Rows as DynamoDB has them. */
  #written: ReadonlyMap<string, Lease> = new Map();

  constructor(client: DynamoDBClient, plan: ConsumerPlan, memory: MemoryLeaseStore) {
    this.#client = client;
    this.#plan = plan;
    this.#memory = memory;
  }

  /** Takes over what others have written to DynamoDB. */
  async pull(): Promise<void> {
    const items = await scanTable(this.#client, this.#plan.application);
    const leases = items.map(leaseFromItem).filter((lease) => lease !== null);
    this.#memory.replaceAll(
      leases.map((lease) => {
        const known = this.#written.get(lease.leaseKey);
        // What the layout does not keep, and rounding, would else be lost on the way.
        return known !== undefined && isSameRow(lease, known, this.#plan) ? known : lease;
      }),
    );
  }

  /** Brings what the workers have written to DynamoDB. */
  async push(): Promise<void> {
    const { application, library } = this.#plan;
    const leases = new Map((await this.#memory.list()).map((lease) => [lease.leaseKey, lease]));
    const writes: TableWrite[] = [];
    for (const [leaseKey, lease] of leases) {
      if (this.#written.get(leaseKey) !== lease) {
        writes.push({ tableName: application, write: { put: leaseToItem(lease, library) } });
      }
    }
    for (const leaseKey of this.#written.keys()) {
      if (!leases.has(leaseKey)) {
        writes.push({ tableName: application, write: { remove: { leaseKey: { S: leaseKey } } } });
      }
    }
    await writeRows(this.#client, writes);
    this.#written = leases;
  }
}

function isSameRow(read: Lease, known: Lease, { library }: ConsumerPlan): boolean {
  return JSON.stringify(leaseToItem(read, library)) === JSON.stringify(leaseToItem(known, library));
}
