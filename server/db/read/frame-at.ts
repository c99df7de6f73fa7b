import { and, desc, eq } from 'drizzle-orm';
import { type Frame, unpackFloats } from '#lib/domain/frame.ts';
import type { Database } from '#server/db/client.ts';
import { frame } from '#server/db/schema.ts';

/**
 * The frame of a period; where the topology changed inside it, that of the younger topology.
 * @returns null where nothing is stored of the period
 */
export async function readFrameAt(
  { db }: Database,
  at: {
    readonly streamId: number;
    readonly periodStartMs: number;
    readonly periodSeconds: number;
  },
): Promise<Frame | null> {
  const [row] = await db
    .select()
    .from(frame)
    .where(
      and(
        eq(frame.streamId, at.streamId),
        eq(frame.periodSeconds, at.periodSeconds),
        eq(frame.periodStart, new Date(at.periodStartMs)),
      ),
    )
    .orderBy(desc(frame.topologyId))
    .limit(1);
  if (row === undefined) return null;
  return {
    periodStartMs: row.periodStart.getTime(),
    periodSeconds: row.periodSeconds,
    topologyId: row.topologyId,
    collectedAtMs: row.collectedAt.getTime(),
    stream: unpackFloats(row.streamValues),
    shards: unpackFloats(row.shardValues),
  };
}
