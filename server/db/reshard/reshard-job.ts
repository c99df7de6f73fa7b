import { desc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { isOver, type JobEvent, nextJobState } from '#lib/domain/reshard/job/job-state.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import { type ReshardReasonColumn, reshardJob, type StoredForecast } from '#server/db/schema.ts';

// As long as there are shards, and wanted for one job at a time only.
const { forecast, ...columns } = getTableColumns(reshardJob);

export type ReshardJobRow = Omit<typeof reshardJob.$inferSelect, 'forecast'>;

export type NewReshardJob = { readonly forecast?: StoredForecast } & Pick<
  ReshardJobRow,
  | 'connection'
  | 'streamId'
  | 'streamName'
  | 'arn'
  | 'createdAtMs'
  | 'goal'
  | 'plan'
  | 'ignoresLag'
  | 'requestedBy'
  | 'purpose'
>;

/**
 * Writes a job that a worker begins at once.
 * @param alongside is done in the same transaction: where it throws, nothing is begun
 * @returns its id; null where another one of the stream is not over yet, whoever began it
 */
export async function insertReshardJob(
  { db }: Pick<Database, 'db'>,
  job: NewReshardJob,
  alongside?: (tx: Transaction, jobId: number) => Promise<void>,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(reshardJob)
      .values({ ...job, stepCount: job.plan.steps.length })
      .onConflictDoNothing()
      .returning({ id: reshardJob.id });
    if (row === undefined) return null;
    await alongside?.(tx, row.id);
    await notify(tx, { kind: 'reshard', streamId: job.streamId });
    return row.id;
  });
}

/** Newest first. */
export async function readReshardJobs(
  { db }: Pick<Database, 'db'>,
  countMax: number,
): Promise<readonly ReshardJobRow[]> {
  return db.select(columns).from(reshardJob).orderBy(desc(reshardJob.id)).limit(countMax);
}

export async function readReshardJob(
  { db }: Pick<Database, 'db'>,
  id: number,
): Promise<ReshardJobRow | null> {
  const [row] = await db.select(columns).from(reshardJob).where(eq(reshardJob.id, id));
  return row ?? null;
}

/** What the planned shards were to take. @returns null where that was not kept */
export async function readForecast(
  { db }: Pick<Database, 'db'>,
  jobId: number,
): Promise<StoredForecast | null> {
  const [row] = await db.select({ forecast }).from(reshardJob).where(eq(reshardJob.id, jobId));
  return row?.forecast ?? null;
}

export async function readOpenReshardJobs({
  db,
}: Pick<Database, 'db'>): Promise<readonly ReshardJobRow[]> {
  return db
    .select(columns)
    .from(reshardJob)
    .where(isNull(reshardJob.endedAt))
    .orderBy(reshardJob.id);
}

/**
 * Moves a job to the state that an event leads to, and wakes whoever works on it.
 * @returns the state it is in then; null where the event means nothing in its state, and nothing was changed
 */
export async function applyJobEvent(
  tx: Transaction,
  id: number,
  event: JobEvent,
  reason: ReshardReasonColumn | null,
): Promise<ReshardJobRow['state'] | null> {
  const [row] = await tx
    .select({ state: reshardJob.state, streamId: reshardJob.streamId })
    .from(reshardJob)
    .where(eq(reshardJob.id, id))
    .for('update');
  const next = row === undefined ? null : nextJobState(row.state, event);
  if (row === undefined || next === null) return null;
  await tx
    .update(reshardJob)
    .set({
      state: next,
      reason,
      changedAt: sql`clock_timestamp()`,
      ...(isOver(next) && { endedAt: sql`clock_timestamp()` }),
      // One that was parked is to be taken up again at once.
      expiresAt: sql`case when expires_at = 'infinity' then clock_timestamp() else expires_at end`,
    })
    .where(eq(reshardJob.id, id));
  await notify(tx, { kind: 'reshard', streamId: row.streamId });
  return next;
}

/** What a job waits for now; null: for nothing. */
export async function setJobReason(
  tx: Transaction,
  id: number,
  reason: ReshardReasonColumn | null,
): Promise<void> {
  const [row] = await tx
    .update(reshardJob)
    .set({ reason, changedAt: sql`clock_timestamp()` })
    .where(eq(reshardJob.id, id))
    .returning({ streamId: reshardJob.streamId });
  if (row !== undefined) await notify(tx, { kind: 'reshard', streamId: row.streamId });
}

/** Lets merges of a job be done though consumers are behind. */
export async function ignoreLag(tx: Transaction, id: number): Promise<void> {
  const [row] = await tx
    .update(reshardJob)
    .set({ ignoresLag: true, changedAt: sql`clock_timestamp()` })
    .where(eq(reshardJob.id, id))
    .returning({ streamId: reshardJob.streamId });
  if (row !== undefined) await notify(tx, { kind: 'reshard', streamId: row.streamId });
}
