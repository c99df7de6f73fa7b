import { sql } from 'drizzle-orm';
import type { Transaction } from '#server/db/collector-lease.ts';
import { consumerDiscovery, type FailureColumn } from '#server/db/schema.ts';

/** @param failure null: it answered just now for all that it was asked of */
export async function setConsumerDiscovery(
  tx: Transaction,
  connection: string,
  api: string,
  failure: FailureColumn | null,
): Promise<void> {
  const told = failure === null ? { readAt: sql`clock_timestamp()`, failure: null } : { failure };
  await tx
    .insert(consumerDiscovery)
    .values({ connection, api, ...told })
    .onConflictDoUpdate({
      target: [consumerDiscovery.connection, consumerDiscovery.api],
      set: told,
    });
}
