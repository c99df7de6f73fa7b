import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#server/db/collector-lease.ts';
import { notifyMany } from '#server/db/notify-many.ts';
import { application, type FailureColumn } from '#server/db/schema.ts';

type Marked = { readonly applicationId: number; readonly streamId: number };

/** They are no longer found. */
export async function markApplicationsGone(
  tx: Transaction,
  gone: readonly Marked[],
): Promise<void> {
  if (gone.length === 0) return;
  await tx
    .update(application)
    .set({ goneAt: sql`clock_timestamp()` })
    .where(
      inArray(
        application.id,
        gone.map(({ applicationId }) => applicationId),
      ),
    );
  await tell(tx, gone);
}

/** Why the last try to read them failed; null: it goes well again. What was read before stays. */
export async function setApplicationsFailure(
  tx: Transaction,
  failing: readonly Marked[],
  failure: FailureColumn | null,
): Promise<void> {
  if (failing.length === 0) return;
  await tx
    .update(application)
    .set({ failure })
    .where(
      inArray(
        application.id,
        failing.map(({ applicationId }) => applicationId),
      ),
    );
  await tell(tx, failing);
}

async function tell(tx: Transaction, marked: readonly Marked[]): Promise<void> {
  const streamIds = new Set(marked.map(({ streamId }) => streamId));
  await notifyMany(
    tx,
    [...streamIds].map((streamId) => ({ kind: 'consumers', streamId })),
  );
}
