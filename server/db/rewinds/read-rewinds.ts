import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { RewindStepState } from '#lib/domain/consumers/rewind/rewind.ts';
import type { Database } from '#server/db/client.ts';
import { rewind, rewindStep } from '#server/db/schema.ts';

export type StoredRewind = typeof rewind.$inferSelect & {
  /** It is `running`, and whoever carried it out has not been heard of for long: that process died. */
  readonly isCutOff: boolean;
  /** Since it was planned, by the database's clock. */
  readonly ageMs: number;
  /** Leases by what became of them. */
  readonly counts: Readonly<Record<RewindStepState, number>>;
};

export type StoredRewindStep = typeof rewindStep.$inferSelect;

/** A process beats with each group of leases, which takes far less. */
const BEAT_MAX = '20 seconds';

/** Rewinds of an application, newest first; plans that were not carried out are not among them. */
export async function readRewinds(
  database: Pick<Database, 'db'>,
  applicationId: number,
  limit: number,
): Promise<readonly StoredRewind[]> {
  const rows = await selectRewinds(database)
    .where(sql`${rewind.applicationId} = ${applicationId} and ${rewind.state} <> 'planned'`)
    .orderBy(desc(rewind.id))
    .limit(limit);
  return withCounts(database, rows);
}

export async function readRewind(
  database: Pick<Database, 'db'>,
  rewindId: number,
): Promise<StoredRewind | null> {
  const rows = await selectRewinds(database).where(eq(rewind.id, rewindId));
  const [found] = await withCounts(database, rows);
  return found ?? null;
}

export async function readRewindSteps(
  { db }: Pick<Database, 'db'>,
  rewindId: number,
): Promise<readonly StoredRewindStep[]> {
  return db
    .select()
    .from(rewindStep)
    .where(eq(rewindStep.rewindId, rewindId))
    .orderBy(asc(rewindStep.leaseKey));
}

function selectRewinds({ db }: Pick<Database, 'db'>) {
  return db
    .select({
      rewind,
      ageMs: sql<number>`(extract(epoch from clock_timestamp() - ${rewind.plannedAt}) * 1000)::float8`,
      isCutOff: sql<boolean>`${rewind.state} = 'running' and (${rewind.beatAt} is null or ${rewind.beatAt} < clock_timestamp() - ${BEAT_MAX}::interval)`,
    })
    .from(rewind)
    .$dynamic();
}

async function withCounts(
  { db }: Pick<Database, 'db'>,
  rows: readonly {
    readonly rewind: typeof rewind.$inferSelect;
    readonly ageMs: number;
    readonly isCutOff: boolean;
  }[],
): Promise<readonly StoredRewind[]> {
  const ids = rows.map((row) => row.rewind.id);
  if (ids.length === 0) return [];
  const counted = await db
    .select({
      rewindId: rewindStep.rewindId,
      state: rewindStep.state,
      count: sql<number>`count(*)::int`,
    })
    .from(rewindStep)
    .where(inArray(rewindStep.rewindId, ids))
    .groupBy(rewindStep.rewindId, rewindStep.state);
  return rows.map((row) => {
    const counts = { waiting: 0, sent: 0, done: 0, refused: 0 };
    for (const { rewindId, state, count } of counted) {
      if (rewindId === row.rewind.id) counts[state] = count;
    }
    return { ...row.rewind, ageMs: row.ageMs, isCutOff: row.isCutOff, counts };
  });
}
