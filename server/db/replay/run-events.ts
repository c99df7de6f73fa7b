import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { replayEvent } from './schema.ts';

export type ReplayEventRow = typeof replayEvent.$inferSelect;

/** Notes what happened, in the transaction in which it does. @param actor null: nobody did it, it came so */
export async function appendReplayEvent(
  tx: Transaction,
  runId: number,
  event: { readonly kind: string; readonly words: string; readonly actor: string | null },
): Promise<void> {
  await tx.insert(replayEvent).values({ runId, ...event });
}

/** Newest first. @param before an event's id; null: from the newest */
export async function readReplayEvents(
  { db }: Pick<Database, 'db'>,
  runId: number,
  before: number | null,
  countMax: number,
): Promise<readonly ReplayEventRow[]> {
  return db
    .select()
    .from(replayEvent)
    .where(
      and(eq(replayEvent.runId, runId), before === null ? undefined : lt(replayEvent.id, before)),
    )
    .orderBy(desc(replayEvent.id))
    .limit(countMax);
}
