import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { stream } from '#server/db/schema.ts';

const columns = {
  streamId: stream.id,
  connection: stream.connection,
  streamName: stream.name,
  cadenceSeconds: stream.cadenceSeconds,
  wantedCadenceSeconds: stream.wantedCadenceSeconds,
  metricsPerReading: stream.metricsPerReading,
  openShardCount: stream.openShardCount,
  consumerCount: stream.consumerCount,
  shardMetrics: stream.shardMetrics,
};

/** How the streams that are there are read, ordered by connection and name. */
export function readReadingPlans({ db }: Database) {
  return db
    .select(columns)
    .from(stream)
    .where(isNull(stream.goneAt))
    .orderBy(stream.connection, stream.name);
}

/** The same of the stream that bears the name; null where none does. */
export async function readReadingPlan({ db }: Database, connection: string, streamName: string) {
  const rows = await db
    .select(columns)
    .from(stream)
    .where(
      and(isNull(stream.goneAt), eq(stream.connection, connection), eq(stream.name, streamName)),
    )
    .orderBy(stream.createdAtMs);
  return rows.at(-1) ?? null;
}
