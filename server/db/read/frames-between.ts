import { asc } from 'drizzle-orm';
import { type Frame, unpackFloats } from '#lib/domain/frame.ts';
import type { Database } from '#server/db/client.ts';
import { frame } from '#server/db/schema.ts';
import { type HistoryWindow, inWindow } from './history-frames.ts';

/**
 * The whole frames of the periods of the window, oldest first; where the topology changed inside a period, several
 * of that period, ascending by topology: see joinFrames of lib/domain/join-topologies.ts.
 */
export async function readFramesBetween(
  { db }: Database,
  window: HistoryWindow,
): Promise<readonly Frame[]> {
  const rows = await db
    .select()
    .from(frame)
    .where(inWindow(window))
    .orderBy(asc(frame.periodStart), asc(frame.topologyId));
  return rows.map((row) => ({
    periodStartMs: row.periodStart.getTime(),
    periodSeconds: row.periodSeconds,
    topologyId: row.topologyId,
    collectedAtMs: row.collectedAt.getTime(),
    stream: unpackFloats(row.streamValues),
    shards: unpackFloats(row.shardValues),
  }));
}
