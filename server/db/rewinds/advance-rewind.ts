import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RewindState, RewindStepState } from '#lib/domain/consumers/rewind/rewind.ts';
import type { StoredItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import type { Database } from '#server/db/client.ts';
import { rewind, rewindStep } from '#server/db/schema.ts';

/** Begins, or goes on with, what was cut off. @returns false where it is in another state than that */
export async function startRewind(
  { db }: Pick<Database, 'db'>,
  rewindId: number,
  from: 'planned' | 'running',
): Promise<boolean> {
  const now = sql`clock_timestamp()`;
  const started = await db
    .update(rewind)
    .set({ state: 'running', beatAt: now, ...(from === 'planned' && { startedAt: now }) })
    .where(and(eq(rewind.id, rewindId), eq(rewind.state, from)))
    .returning({ id: rewind.id });
  return started.length === 1;
}

/** What became of some leases, or is about to; and that whoever carries it out is alive. */
export async function markSteps(
  { db }: Pick<Database, 'db'>,
  rewindId: number,
  leaseKeys: readonly string[],
  state: RewindStepState,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (leaseKeys.length > 0) {
      await tx
        .update(rewindStep)
        .set({ state })
        .where(
          and(eq(rewindStep.rewindId, rewindId), inArray(rewindStep.leaseKey, [...leaseKeys])),
        );
    }
    await tx.update(rewind).set({ beatAt: sql`clock_timestamp()` }).where(eq(rewind.id, rewindId));
  });
}

/** Writes down how a lease is by now, before it is written over: see `force` in run-rewind.ts. */
export async function renewStep(
  { db }: Pick<Database, 'db'>,
  rewindId: number,
  step: {
    readonly leaseKey: string;
    readonly former: StoredItem | null;
    readonly wanted: StoredItem | null;
  },
): Promise<void> {
  await db
    .update(rewindStep)
    .set({ former: step.former, wanted: step.wanted })
    .where(and(eq(rewindStep.rewindId, rewindId), eq(rewindStep.leaseKey, step.leaseKey)));
}

export async function endRewind(
  { db }: Pick<Database, 'db'>,
  rewindId: number,
  state: Extract<RewindState, 'done' | 'broken' | 'undone'>,
): Promise<void> {
  await db
    .update(rewind)
    .set({ state, endedAt: sql`clock_timestamp()` })
    .where(eq(rewind.id, rewindId));
}

/** Whoever carried it out gave up in the middle: it is cut off from now on. */
export async function leaveRewind({ db }: Pick<Database, 'db'>, rewindId: number): Promise<void> {
  await db.update(rewind).set({ beatAt: null }).where(eq(rewind.id, rewindId));
}
