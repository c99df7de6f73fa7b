import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { stream } from '#server/db/schema.ts';

/** The names of a connection's streams that are there, by id. */
export async function readStreamNames(
  { db }: Database,
  connection: string,
): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .select({ id: stream.id, name: stream.name })
    .from(stream)
    .where(and(eq(stream.connection, connection), isNull(stream.goneAt)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
