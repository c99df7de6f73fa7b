import { createHash } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import { isOpen, type Shard } from '#lib/domain/shard.ts';
import { openShards, topologyFingerprint } from '#lib/domain/topology.ts';
import type { Transaction } from './collector-lease.ts';
import { notify } from './notification.ts';
import { frame, type StoredShard, stream, topology } from './schema.ts';

export type RecordedTopology = {
  readonly topologyId: number;
  readonly observedAtMs: number;
  /** False where the stream's topology in force is the same already. */
  readonly isNew: boolean;
};

/**
 * Writes what ListShards told, where it is not what it told before. A new topology is in force from `nowMs` on,
 * but not before the one that it follows, nor in a period of which a frame is written: read again, that period's
 * figures would be filed under the new one and stay under the old one, and so count twice.
 * @param args.nowMs on AWS's clock, by which periods begin and end
 * @param args.periodSeconds length of the periods that are read
 */
export async function recordTopology(
  tx: Transaction,
  streamId: number,
  shards: readonly Shard[],
  args: { readonly nowMs: number; readonly periodSeconds: number },
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
      observedAt: new Date(
        Math.max(
          args.nowMs,
          last?.at.getTime() ?? 0,
          await lastWrittenEndMs(tx, streamId, args.periodSeconds),
        ),
      ),
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

/** End of the newest period that the stream has a frame of; 0 where it has none. */
async function lastWrittenEndMs(
  tx: Transaction,
  streamId: number,
  periodSeconds: number,
): Promise<number> {
  const rows = await tx
    .select({ startsAt: frame.periodStart })
    .from(frame)
    .where(and(eq(frame.streamId, streamId), eq(frame.periodSeconds, periodSeconds)))
    .orderBy(desc(frame.periodStart))
    .limit(1);
  const startsAt = rows[0]?.startsAt;
  return startsAt === undefined ? 0 : startsAt.getTime() + periodSeconds * 1000;
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
