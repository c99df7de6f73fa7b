import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from './collector-lease.ts';
import { notifyMany } from './notify-many.ts';
import { stream } from './schema.ts';

export async function markStreamsGone(
  tx: Transaction,
  streamIds: readonly number[],
): Promise<void> {
  if (streamIds.length === 0) return;
  await tx
    .update(stream)
    .set({ goneAt: sql`clock_timestamp()`, changedAt: sql`clock_timestamp()` })
    .where(inArray(stream.id, [...streamIds]));
  await notifyMany(
    tx,
    streamIds.map((streamId) => ({ kind: 'stream', streamId })),
  );
}
