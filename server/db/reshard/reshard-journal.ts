import { and, asc, eq, sql } from 'drizzle-orm';
import type { MeasuredDurations } from '#lib/domain/reshard/duration.ts';
import type { JournalEntry } from '#lib/domain/reshard/job/journal.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { reshardJob, reshardJournal } from '#server/db/schema.ts';

type Line = typeof reshardJournal.$inferSelect;

/** A line before it has its time. */
export type NewEntry = JournalEntry extends infer E
  ? E extends JournalEntry
    ? Omit<E, 'atMs'>
    : never
  : never;

/** Writes one line, at the database's time. @returns the line */
export async function appendJournal(
  tx: Transaction,
  jobId: number,
  entry: NewEntry,
): Promise<JournalEntry> {
  const [line] = await tx
    .insert(reshardJournal)
    .values({ jobId, at: sql`clock_timestamp()`, ...entry })
    .returning();
  if (entry.kind === 'effect') {
    await tx
      .update(reshardJob)
      .set({ stepsDone: entry.step + 1, changedAt: sql`clock_timestamp()` })
      .where(eq(reshardJob.id, jobId));
  }
  if (line === undefined) throw new Error('The journal did not take a line.');
  return entryOf(line);
}

/** In the order in which it was written. */
export async function readJournal(
  { db }: Pick<Database, 'db'>,
  jobId: number,
): Promise<readonly JournalEntry[]> {
  const lines = await db
    .select()
    .from(reshardJournal)
    .where(eq(reshardJournal.jobId, jobId))
    .orderBy(asc(reshardJournal.id));
  return lines.map(entryOf);
}

/** When the first call was about to be made, epoch milliseconds; null: none was. */
export async function readFirstIntentMs(
  { db }: Pick<Database, 'db'>,
  jobId: number,
): Promise<number | null> {
  const [line] = await db
    .select({ at: reshardJournal.at })
    .from(reshardJournal)
    .where(and(eq(reshardJournal.jobId, jobId), eq(reshardJournal.kind, 'intent')))
    .orderBy(asc(reshardJournal.id))
    .limit(1);
  return line?.at.getTime() ?? null;
}

function entryOf({ at, kind, step, attempt, fingerprint, answer, message }: Line): JournalEntry {
  const base = { atMs: at.getTime(), step };
  switch (kind) {
    case 'intent':
      return { ...base, kind, attempt: attempt ?? 1, fingerprint: fingerprint ?? '' };
    case 'answer':
      return { ...base, kind, attempt: attempt ?? 1, answer: answer ?? 'lost', message };
    case 'effect':
    case 'resume':
      return { ...base, kind };
  }
}

/** Of the last month: the mean time from a call to its effect, by kind of step, on one connection. */
export async function readMeasuredDurations(
  { db }: Pick<Database, 'db'>,
  connection: string,
): Promise<MeasuredDurations> {
  const { rows } = await db.execute<{ kind: keyof MeasuredDurations; ms: number }>(sql`
    select job.plan -> 'steps' -> effect.step ->> 'kind' as kind,
      avg(extract(epoch from effect.at - intent.at) * 1000)::double precision as ms
    from reshard_journal as effect
    join reshard_job as job on job.id = effect.job_id
    cross join lateral (
      select max(at) as at from reshard_journal
      where job_id = effect.job_id and step = effect.step and kind = 'intent'
    ) as intent
    where effect.kind = 'effect' and job.connection = ${connection}
      and effect.at > clock_timestamp() - interval '30 days'
    group by 1`);
  const of = (kind: keyof MeasuredDurations) => rows.find((row) => row.kind === kind)?.ms ?? null;
  return {
    split: of('split'),
    merge: of('merge'),
    'update-shard-count': of('update-shard-count'),
  };
}
