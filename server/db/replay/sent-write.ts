import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { replaySent } from './schema.ts';
import type { StoredSent } from './stored.ts';

/** What one worker wrote to each shard in one period. */
export type SentPeriod = { readonly startMs: number; readonly shards: StoredSent };

/** A period that is there already is written anew: sums only grow within one worker. */
export async function writeSent(
  { db }: Pick<Database, 'db'>,
  runId: number,
  worker: string,
  periods: readonly SentPeriod[],
): Promise<void> {
  if (periods.length === 0) return;
  await db
    .insert(replaySent)
    .values(
      periods.map(({ startMs, shards }) => ({
        runId,
        worker,
        periodStart: new Date(startMs),
        shards,
      })),
    )
    .onConflictDoUpdate({
      target: [replaySent.runId, replaySent.worker, replaySent.periodStart],
      set: { shards: sql`excluded.shards` },
    });
}

/**
 * What all workers of all replays into a stream wrote to each shard, by its id, from one time up to, not including, the
 * other. Periods that reach beyond are counted by where they begin.
 */
export async function readSent(
  { db }: Pick<Database, 'db'>,
  targetArn: string,
  fromMs: number,
  toMs: number,
): Promise<ReadonlyMap<string, { bytes: number; records: number; throttled: number }>> {
  const { rows } = await db.execute<{
    shard: string;
    bytes: number;
    records: number;
    throttled: number;
  }>(sql`
    select shard.key as shard, sum((shard.value ->> 0)::double precision) as bytes,
      sum((shard.value ->> 1)::double precision) as records,
      sum((shard.value ->> 2)::double precision) as throttled
    from replay_sent join replay_run on replay_run.id = replay_sent.run_id
      cross join lateral jsonb_each(replay_sent.shards) as shard
    where replay_run.target_arn = ${targetArn}
      and period_start >= ${new Date(fromMs).toISOString()}::timestamptz
      and period_start < ${new Date(toMs).toISOString()}::timestamptz
    group by shard.key`);
  return new Map(rows.map(({ shard, ...sums }) => [shard, sums]));
}

/** Nobody looks further back than this. */
export async function deleteOldSent(
  { db }: Pick<Database, 'db'>,
  runId: number,
  keptMs: number,
): Promise<void> {
  await db.execute(sql`
    delete from replay_sent where run_id = ${runId}
      and period_start < clock_timestamp() - ${String(keptMs)}::double precision * interval '1 millisecond'`);
}
