import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';

/** The frames of one length of period that are stored of a stream. */
export type StoredTier = {
  readonly periodSeconds: number;
  readonly oldestStartMs: number;
  readonly newestStartMs: number;
};

/** Finest first; empty where nothing is stored. */
export async function readHistoryTiers(
  { db }: Database,
  streamId: number,
): Promise<readonly StoredTier[]> {
  // Hops from one length to the next along the primary key: a plain DISTINCT would read every frame.
  const { rows } = await db.execute<{ seconds: number; oldest: Date; newest: Date }>(sql`
    with recursive tier(seconds) as (
      (select min(period_seconds) from frame where stream_id = ${streamId})
      union all
      select (
        select min(period_seconds) from frame
        where stream_id = ${streamId} and period_seconds > tier.seconds
      ) from tier where tier.seconds is not null
    )
    select seconds,
      (select min(period_start) from frame where stream_id = ${streamId} and period_seconds = seconds) as oldest,
      (select max(period_start) from frame where stream_id = ${streamId} and period_seconds = seconds) as newest
    from tier where seconds is not null order by seconds`);
  return rows.map((row) => ({
    periodSeconds: row.seconds,
    oldestStartMs: new Date(row.oldest).getTime(),
    newestStartMs: new Date(row.newest).getTime(),
  }));
}
