import { eq } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { consumerDiscovery, consumerTable } from '#server/db/schema.ts';

export type StoredConsumerTable = typeof consumerTable.$inferSelect;
export type StoredDiscovery = typeof consumerDiscovery.$inferSelect;

/** Tables of a connection that consumers keep their state in, by name. */
export function readConsumerTables(
  { db }: Database,
  connection: string,
): Promise<StoredConsumerTable[]> {
  return db
    .select()
    .from(consumerTable)
    .where(eq(consumerTable.connection, connection))
    .orderBy(consumerTable.tableName);
}

/** How the APIs that consumers are found by last answered. */
export function readConsumerDiscovery(
  { db }: Database,
  connection: string,
): Promise<StoredDiscovery[]> {
  return db
    .select()
    .from(consumerDiscovery)
    .where(eq(consumerDiscovery.connection, connection))
    .orderBy(consumerDiscovery.api);
}
