import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from './collector-lease.ts';
import { type FailureColumn, stream } from './schema.ts';

/** The streams' metrics were read just now, with success. */
export async function markCollected(tx: Transaction, streamIds: readonly number[]): Promise<void> {
  if (streamIds.length === 0) return;
  await tx
    .update(stream)
    .set({ collectedAt: sql`clock_timestamp()` })
    .where(inArray(stream.id, [...streamIds]));
}

/** Their reading fails since `failure.sinceMs`; what was read before stays as it is. null: it no longer does. */
export async function setStreamFailure(
  tx: Transaction,
  streamIds: readonly number[],
  failure: FailureColumn | null,
): Promise<void> {
  if (streamIds.length === 0) return;
  await tx
    .update(stream)
    .set({ failure })
    .where(inArray(stream.id, [...streamIds]));
}
