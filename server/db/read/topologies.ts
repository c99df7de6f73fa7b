import { inArray } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { type StoredShard, topology } from '#server/db/schema.ts';

/** A topology as it is stored: it never changes once written. */
export type StoredTopology = {
  readonly topologyId: number;
  readonly streamId: number;
  readonly observedAtMs: number;
  /** Open ones first, in range order. */
  readonly shards: readonly StoredShard[];
};

export async function readTopologies(
  { db }: Database,
  topologyIds: readonly number[],
): Promise<readonly StoredTopology[]> {
  if (topologyIds.length === 0) return [];
  const rows = await db
    .select()
    .from(topology)
    .where(inArray(topology.id, [...topologyIds]));
  return rows.map((row) => ({
    topologyId: row.id,
    streamId: row.streamId,
    observedAtMs: row.observedAt.getTime(),
    shards: row.shards,
  }));
}
