import { and, eq, isNull } from 'drizzle-orm';
import { holdsMergeBack } from '#lib/domain/reshard/job/holds-merge-back.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Database } from '#server/db/client.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import { application } from '#server/db/schema.ts';

/** Shards of a stream that a consumer of it is too far behind in for a merge, by the newest readings of all of them. */
export async function readLaggingShards(
  database: Database,
  streamId: number,
): Promise<ReadonlySet<ShardId>> {
  const applications = await database.db
    .select({ id: application.id })
    .from(application)
    .where(and(eq(application.streamId, streamId), isNull(application.goneAt)));
  const readings = await Promise.all(
    applications.map(({ id }) => readApplicationHealth(database, id)),
  );
  return new Set(
    readings.flatMap((reading) =>
      (reading?.health.leases ?? []).filter(holdsMergeBack).map(({ shardId }) => shardId),
    ),
  );
}
