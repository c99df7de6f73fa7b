import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';

/**
 * How often the open shards of each stream changed in the last 24 hours, as far as was seen: a listing in which
 * shards only expired is no change of them. Streams without a change are left out.
 */
export async function readTopologyChanges({ db }: Database): Promise<ReadonlyMap<number, number>> {
  const { rows } = await db.execute<{ stream_id: number; changes: string }>(sql`
    with changed as (
      select stream_id, id, observed_at, shards from topology
      where observed_at > clock_timestamp() - interval '24 hours'
    ), compared_with as (
      -- The last one before them; those that are older still may be hundreds, of megabytes each.
      select former.* from (select distinct stream_id from changed) as resharded
      cross join lateral (
        select stream_id, id, observed_at, shards from topology
        where topology.stream_id = resharded.stream_id
          and observed_at <= clock_timestamp() - interval '24 hours'
        order by observed_at desc, id desc limit 1
      ) as former
    ), listed as (
      select stream_id, observed_at,
        array(
          select shard ->> 'shardId' from jsonb_array_elements(shards) as shard
          where shard ->> 'endingSequenceNumber' is null order by 1
        ) as open_ids,
        row_number() over (partition by stream_id order by observed_at desc, id desc) as age
      from (select * from changed union all select * from compared_with) as recent
    ), compared as (
      select stream_id, observed_at, open_ids,
        lag(open_ids) over (partition by stream_id order by age desc) as before
      from listed
    )
    select stream_id, count(*) as changes from compared
    where observed_at > clock_timestamp() - interval '24 hours'
      and before is not null and before <> open_ids
    group by stream_id`);
  return new Map(rows.map((row) => [row.stream_id, Number(row.changes)]));
}
