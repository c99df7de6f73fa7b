import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { stream } from '#server/db/schema.ts';

/** When the last stream of that name went; null where none is known to have gone. */
export async function readGoneAtMs(
  { db }: Database,
  connection: string,
  streamName: string,
): Promise<number | null> {
  const rows = await db
    .select({ goneAt: stream.goneAt })
    .from(stream)
    .where(
      and(eq(stream.connection, connection), eq(stream.name, streamName), isNotNull(stream.goneAt)),
    )
    .orderBy(desc(stream.goneAt))
    .limit(1);
  return rows[0]?.goneAt?.getTime() ?? null;
}
