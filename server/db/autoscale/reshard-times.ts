import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';

/** What was changed of a stream's shards of late, and is being changed. Times are epoch milliseconds. */
export type ReshardTimes = {
  /** When its open shards were last seen to change, whoever changed them; null: not since `sinceMs`. */
  readonly lastReshardAtMs: number | null;
  /** Reshards that its policy began in the last 24 hours. */
  readonly startedInDay: number;
  /** A reshard is not over: it runs, waits, is paused or held. */
  readonly isUnderWay: boolean;
  /** When what the policy wanted last came to nothing, since it was set as it is; null: never. */
  readonly lastVainAtMs: number | null;
  /** When load was last moved from a hot shard as its policy wanted; null: not in the last 24 hours. */
  readonly lastReliefAtMs: number | null;
};

/** @param sinceMs how far back changes matter */
export async function readReshardTimes(
  { db }: Pick<Database, 'db'>,
  streamId: number,
  revision: number,
  sinceMs: number,
): Promise<ReshardTimes> {
  const since = sql`to_timestamp(${String(sinceMs)}::double precision / 1000)`;
  const { rows } = await db.execute<{
    changed: Date | null;
    ended: Date | null;
    vain: Date | null;
    relief: Date | null;
    started: string;
    under_way: boolean;
  }>(sql`
    with listed as (
      select id, observed_at,
        array(
          select shard ->> 'shardId' from jsonb_array_elements(shards) as shard
          where shard ->> 'endingSequenceNumber' is null order by 1
        ) as open_ids
      from topology where stream_id = ${streamId} and observed_at >= ${since}
      union all (
        -- The one before them, which the first of them is compared with.
        select id, observed_at,
          array(
            select shard ->> 'shardId' from jsonb_array_elements(shards) as shard
            where shard ->> 'endingSequenceNumber' is null order by 1
          )
        from topology where stream_id = ${streamId} and observed_at < ${since}
        order by observed_at desc, id desc limit 1
      )
    ), compared as (
      select observed_at, open_ids, lag(open_ids) over (order by observed_at, id) as before from listed
    )
    select
      (select max(observed_at) from compared where before is not null and before <> open_ids) as changed,
      (select max(coalesce(ended_at, changed_at)) from reshard_job
        where stream_id = ${streamId} and steps_done > 0) as ended,
      (select max(to_at) from autoscale_decision
        where stream_id = ${streamId} and outcome = 'refused' and revision = ${revision}) as vain,
      (select max(to_at) from autoscale_decision
        where stream_id = ${streamId} and outcome in ('started', 'applied')
          and decision ->> 'reason' = 'hot-shard'
          and to_at > clock_timestamp() - interval '24 hours') as relief,
      (select count(*) from autoscale_decision
        where stream_id = ${streamId} and outcome = 'started'
          and to_at > clock_timestamp() - interval '24 hours') as started,
      exists (select from reshard_job where stream_id = ${streamId} and ended_at is null) as under_way`);
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not tell of reshards.');
  const times = [row.changed, row.ended].flatMap((at) => (at === null ? [] : [timeOf(at)]));
  const last = times.length === 0 ? null : Math.max(...times);
  return {
    lastReshardAtMs: last === null || last < sinceMs ? null : last,
    startedInDay: Number(row.started),
    isUnderWay: row.under_way,
    lastVainAtMs: row.vain === null ? null : timeOf(row.vain),
    lastReliefAtMs: row.relief === null ? null : timeOf(row.relief),
  };
}

function timeOf(at: Date): number {
  return new Date(at).getTime();
}
