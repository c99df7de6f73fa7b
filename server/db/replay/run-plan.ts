import { eq, sql } from 'drizzle-orm';
import { newSlice } from '#lib/domain/replay/job/slice-progress.ts';
import type { ManifestProgress } from '#lib/domain/replay/plan/manifest.ts';
import type { SliceBounds } from '#lib/domain/replay/plan/slice-cutter.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import { replayRun, replaySlice } from './schema.ts';

/** How far the listing is, for those who look on. */
export async function setListing(
  tx: Transaction,
  id: number,
  listing: ManifestProgress,
): Promise<void> {
  await tx.update(replayRun).set({ listing }).where(eq(replayRun.id, id));
  await notify(tx, { kind: 'replay', runId: id });
}

/** Slices that workers can take; those that are there from an earlier start stay as they are. */
export async function insertSlices(
  tx: Transaction,
  runId: number,
  slices: readonly SliceBounds[],
): Promise<void> {
  await tx
    .insert(replaySlice)
    .values(slices.map((of, slice) => ({ runId, slice, progress: newSlice(of, 0) })))
    .onConflictDoNothing();
}

/** The database's clock within a transaction. */
export async function transactionNow(tx: Transaction): Promise<Date> {
  const { rows } = await tx.execute<{ at: Date }>(sql`select clock_timestamp() as at`);
  const at = rows[0]?.at;
  if (at === undefined) throw new Error('The database did not tell the time.');
  return new Date(at);
}
