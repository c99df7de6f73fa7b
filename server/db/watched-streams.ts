import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';

/** Streams of a connection that somebody looks at now. Expired watches are left to `deleteExpiredWatches`. */
export async function watchedStreams(
  { db }: Database,
  connection: string,
): Promise<ReadonlySet<number>> {
  const rows = await db.execute<{ id: number }>(sql`
    select distinct stream.id from watch join stream on stream.id = watch.stream_id
    where stream.connection = ${connection} and watch.expires_at > clock_timestamp()`);
  return new Set(rows.rows.map((row) => row.id));
}

export async function deleteExpiredWatches({ db }: Database): Promise<void> {
  await db.execute(sql`delete from watch where expires_at <= clock_timestamp()`);
}
