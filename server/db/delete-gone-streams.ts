import { sql } from 'drizzle-orm';
import type { Transaction } from './collector-lease.ts';

/**
 * Deletes streams that are gone for `goneKeepMs`, with all that was known of them: at most `streamsMax`, as each
 * takes thousands of frames along and the transaction must end in seconds.
 * @returns how many; as many as `streamsMax` where there may be more
 */
export async function deleteGoneStreams(
  tx: Transaction,
  connection: string,
  goneKeepMs: number,
  streamsMax: number,
): Promise<number> {
  const deleted = await tx.execute(sql`
    delete from stream where id in (
      select id from stream where connection = ${connection}
        and gone_at < clock_timestamp() - ${String(goneKeepMs)}::double precision * interval '1 millisecond'
      order by id limit ${streamsMax})`);
  return deleted.rowCount ?? 0;
}
