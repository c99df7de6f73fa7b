import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { stream } from '#server/db/schema.ts';

/** A present stream, as far as it has to be known to ask AWS about it. @returns null where it is gone */
export async function readStreamById(
  { db }: Pick<Database, 'db'>,
  connection: string,
  streamId: number,
): Promise<{
  readonly streamName: string;
  readonly streamArn: string;
  readonly createdAtMs: number;
} | null> {
  const [row] = await db
    .select({ streamName: stream.name, streamArn: stream.arn, createdAtMs: stream.createdAtMs })
    .from(stream)
    .where(and(eq(stream.id, streamId), eq(stream.connection, connection), isNull(stream.goneAt)));
  return row ?? null;
}
