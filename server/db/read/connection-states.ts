import { eq } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { connectionState } from '#server/db/schema.ts';

export type StoredConnectionState = typeof connectionState.$inferSelect;

/** How the reading of each connection goes, ordered by name. */
export function readConnectionStates({ db }: Database): Promise<readonly StoredConnectionState[]> {
  return db.select().from(connectionState).orderBy(connectionState.connection);
}

/** @returns null where no collector has ever worked on a connection of that name */
export async function readConnectionState(
  { db }: Database,
  connection: string,
): Promise<StoredConnectionState | null> {
  const rows = await db
    .select()
    .from(connectionState)
    .where(eq(connectionState.connection, connection));
  return rows[0] ?? null;
}
