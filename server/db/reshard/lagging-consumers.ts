import { sql } from 'drizzle-orm';
import { keepsLeases } from '#lib/domain/consumers/application.ts';
import { hashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, WHOLE_RING } from '#lib/domain/hash-range.ts';
import { holdsMergeBack, isFarBehind } from '#lib/domain/reshard/job/holds-merge-back.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Database } from '#server/db/client.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import { readApplications } from '#server/db/consumers/read-applications.ts';

/** A consumer that is too far behind for a merge in a part of the ring. */
export type LaggingConsumer = {
  readonly name: string;
  /** null: how far it is in each shard is not known, so that all of the ring is meant. */
  readonly shardId: ShardId | null;
  readonly range: HashRange;
};

/**
 * Which consumers of a stream a merge has to wait for, by the newest readings of all of them. A closed shard that is
 * unread counts as well as an open one: a reading knows it before it knows the shards that follow it.
 */
export async function readLaggingConsumers(
  database: Database,
  streamId: number,
): Promise<readonly LaggingConsumer[]> {
  const found = await Promise.all(
    (await readApplications(database, { streamId })).map(async ({ application }) => {
      const { id, kind, name } = application;
      const health = (await readApplicationHealth(database, id))?.health;
      if (health === undefined) return [];
      if (!keepsLeases(kind)) return isFarBehind(health.lag) ? [{ name, shardId: null }] : [];
      return health.leases.filter(holdsMergeBack).map(({ shardId }) => ({ name, shardId }));
    }),
  );
  const lagging = found.flat();
  const ids = new Set(lagging.map(({ shardId }) => shardId).filter((id) => id !== null));
  const ranges = await readRanges(database, streamId, [...ids]);
  return lagging.flatMap((one): readonly LaggingConsumer[] => {
    const range = one.shardId === null ? WHOLE_RING : ranges.get(one.shardId);
    // A shard that is no longer listed: nothing of it is left to be read.
    return range === undefined ? [] : [{ ...one, range }];
  });
}

/** Of shards that the stream has, open or closed. */
async function readRanges(
  { db }: Pick<Database, 'db'>,
  streamId: number,
  shardIds: readonly ShardId[],
): Promise<ReadonlyMap<ShardId, HashRange>> {
  if (shardIds.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; first: string; last: string }>(sql`
    select shard ->> 'shardId' as id,
      shard ->> 'startingHashKey' as first, shard ->> 'endingHashKey' as last
    from stream join topology on topology.id = stream.topology_id,
      jsonb_array_elements(topology.shards) as shard
    where stream.id = ${streamId}
      and ${JSON.stringify(shardIds)}::jsonb @> (shard -> 'shardId')`);
  return new Map(
    rows.map(({ id, first, last }) => [
      id,
      { start: hashKey(BigInt(first)), end: hashKey(BigInt(last)) },
    ]),
  );
}
