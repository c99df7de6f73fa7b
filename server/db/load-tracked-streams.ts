import { and, asc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm';
import type { FrameTopology } from '#lib/domain/align-frames.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { Database } from './client.ts';
import { type FailureColumn, stream, topology } from './schema.ts';

export type StoredStream = {
  readonly streamId: number;
  readonly summary: StreamSummary;
  readonly cadenceSeconds: number;
  /** When metrics were last read, on the database's clock; null: never. */
  readonly collectedAtMs: number | null;
  readonly failure: FailureColumn | null;
  /** Ascending: those that were in force at any time since the given one. */
  readonly topologies: readonly FrameTopology[];
};

/** What a collector remembers of a connection's present streams when it begins. */
export async function loadTrackedStreams(
  { db }: Database,
  connection: string,
  topologiesSinceMs: number,
): Promise<readonly StoredStream[]> {
  const rows = await db
    .select()
    .from(stream)
    .where(and(eq(stream.connection, connection), isNull(stream.goneAt)));
  const topologies = await loadTopologies(
    db,
    rows.map((row) => row.id),
    topologiesSinceMs,
  );
  return rows.map((row) => ({
    streamId: row.id,
    summary: {
      streamName: row.name,
      streamArn: row.arn,
      createdAtMs: row.createdAtMs,
      status: row.status,
      mode: row.mode,
      openShardCount: row.openShardCount,
      consumerCount: row.consumerCount,
      retentionHours: row.retentionHours,
      encryption: row.encryption,
      shardMetrics: SHARD_METRICS.filter((metric) => row.shardMetrics.includes(metric)),
    },
    cadenceSeconds: row.cadenceSeconds,
    collectedAtMs: row.collectedAt?.getTime() ?? null,
    failure: row.failure,
    topologies: topologies.get(row.id) ?? [],
  }));
}

async function loadTopologies(
  db: Database['db'],
  streamIds: readonly number[],
  sinceMs: number,
): Promise<ReadonlyMap<number, readonly FrameTopology[]>> {
  // What was read while it was in force is read again under it, not under the one that followed.
  const inForceAt = sql`(
    select former.id from topology as former
    where former.stream_id = ${stream.id} and former.observed_at < ${new Date(sinceMs).toISOString()}
    order by former.observed_at desc, former.id desc limit 1)`;
  const rows = await db
    .select({
      id: topology.id,
      streamId: topology.streamId,
      observedAt: topology.observedAt,
      // Open shards come first, in range order: the whole list may be hundreds of kilobytes.
      openShardIds: sql<string[]>`array(
        select shard ->> 'shardId'
        from jsonb_array_elements(${topology.shards}) with ordinality as listed (shard, place)
        where shard ->> 'endingSequenceNumber' is null order by place)`,
    })
    .from(topology)
    .innerJoin(stream, eq(stream.id, topology.streamId))
    .where(
      and(
        inArray(topology.streamId, [...streamIds]),
        or(gte(topology.observedAt, new Date(sinceMs)), eq(topology.id, inForceAt)),
      ),
    )
    .orderBy(asc(topology.observedAt), asc(topology.id));
  return Map.groupBy(
    rows.map((row) => ({ ...row, topologyId: row.id, observedAtMs: row.observedAt.getTime() })),
    (row) => row.streamId,
  );
}
