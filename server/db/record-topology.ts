import { createHash } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import { isOpen, type Shard } from '#lib/domain/shard.ts';
import { openShards, topologyFingerprint } from '#lib/domain/topology.ts';
import type { Transaction } from './collector-lease.ts';
import { notify } from './notification.ts';
import { type StoredShard, stream, topology } from './schema.ts';

export type RecordedTopology = {
  readonly topologyId: number;
  readonly observedAtMs: number;
  /** False where the stream's topology in force is the same already. */
  readonly isNew: boolean;
};

/** Writes what ListShards told, where it is not what it told before. */
export async function recordTopology(
  tx: Transaction,
  streamId: number,
  shards: readonly Shard[],
): Promise<RecordedTopology> {
  const fingerprint = createHash('sha256').update(topologyFingerprint(shards)).digest('hex');
  const before = await tx
    .select({ id: topology.id, at: topology.observedAt, fingerprint: topology.fingerprint })
    .from(topology)
    .where(eq(topology.streamId, streamId))
    .orderBy(desc(topology.observedAt), desc(topology.id))
    .limit(1);
  const last = before[0];
  if (last !== undefined && last.fingerprint === fingerprint) {
    return { topologyId: last.id, observedAtMs: last.at.getTime(), isNew: false };
  }
  const open = openShards(shards);
  const stored = [...open, ...shards.filter((shard) => !isOpen(shard))].map(toStoredShard);
  const rows = await tx
    .insert(topology)
    .values({
      streamId,
      fingerprint,
      observedAt: sql`clock_timestamp()`,
      openShardCount: open.length,
      shards: stored,
    })
    .returning({ id: topology.id, at: topology.observedAt });
  const made = rows[0];
  if (made === undefined) {
    throw new Error(`PostgreSQL returned no id for a topology of stream ${streamId}`);
  }
  await tx
    .update(stream)
    .set({ topologyId: made.id, changedAt: sql`clock_timestamp()` })
    .where(eq(stream.id, streamId));
  await notify(tx, { kind: 'topology', streamId, topologyId: made.id });
  return { topologyId: made.id, observedAtMs: made.at.getTime(), isNew: true };
}

function toStoredShard(shard: Shard): StoredShard {
  return {
    shardId: shard.shardId,
    startingHashKey: shard.range.start.toString(),
    endingHashKey: shard.range.end.toString(),
    parentShardId: shard.parentShardId,
    adjacentParentShardId: shard.adjacentParentShardId,
    startingSequenceNumber: shard.startingSequenceNumber.toString(),
    endingSequenceNumber: shard.endingSequenceNumber?.toString() ?? null,
  };
}
