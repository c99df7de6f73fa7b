import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { type Frame, unpackFloats } from '#lib/domain/frame.ts';
import type { Database } from '#server/db/client.ts';
import { frame } from '#server/db/schema.ts';
import type { HistoryWindow } from './history-frames.ts';

/**
 * One whole frame for each period of the window of which something is stored, oldest first; where the topology
 * changed inside a period, that of the younger topology.
 */
export async function readFramesBetween(
  { db }: Database,
  window: HistoryWindow,
): Promise<readonly Frame[]> {
  const rows = await db
    .select()
    .from(frame)
    .where(
      and(
        eq(frame.streamId, window.streamId),
        eq(frame.periodSeconds, window.periodSeconds),
        gte(frame.periodStart, new Date(window.fromMs)),
        lt(frame.periodStart, new Date(window.toMs)),
      ),
    )
    .orderBy(asc(frame.periodStart), asc(frame.topologyId));
  const ofPeriod = new Map(rows.map((row) => [row.periodStart.getTime(), row]));
  return [...ofPeriod].map(([periodStartMs, row]) => ({
    periodStartMs,
    periodSeconds: row.periodSeconds,
    topologyId: row.topologyId,
    collectedAtMs: row.collectedAt.getTime(),
    stream: unpackFloats(row.streamValues),
    shards: unpackFloats(row.shardValues),
  }));
}
