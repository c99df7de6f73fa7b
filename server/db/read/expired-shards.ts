import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import type { StoredShard } from '#server/db/schema.ts';

/**
 * Shards of a stream that earlier topologies have and `topologyId` has not: ListShards does not report them
 * any more, as all their records are past retention. Each as it was last seen, by id.
 */
export async function readExpiredShards(
  { db }: Database,
  streamId: number,
  topologyId: number,
): Promise<readonly StoredShard[]> {
  const { rows } = await db.execute<{ shard: StoredShard }>(sql`
    select distinct on (shard ->> 'shardId') shard
    from topology, jsonb_array_elements(topology.shards) as shard
    where topology.stream_id = ${streamId} and topology.id < ${topologyId}
      and shard ->> 'shardId' not in (
        select present ->> 'shardId'
        from topology, jsonb_array_elements(topology.shards) as present
        where topology.id = ${topologyId}
      )
    order by shard ->> 'shardId', topology.id desc
  `);
  return rows.map(({ shard }) => shard);
}
