import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';

/** The database's clock, epoch milliseconds: the one by which all ages are judged. */
export async function readServerTimeMs({ db }: Database): Promise<number> {
  const { rows } = await db.execute<{ at: Date }>(sql`select clock_timestamp() as at`);
  const at = rows[0]?.at;
  if (at === undefined) throw new Error('The database did not tell the time.');
  return new Date(at).getTime();
}
