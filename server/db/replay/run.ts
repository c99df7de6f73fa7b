import { and, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { appendReplayEvent } from './run-events.ts';
import { replayRun } from './schema.ts';

export type ReplayRunRow = typeof replayRun.$inferSelect;

/** Writes a draft. @returns its id */
export async function insertReplayDraft(
  { db }: Pick<Database, 'db'>,
  from: {
    readonly draft: ReplayDraft;
    readonly createdBy: string;
    readonly copiedFrom: number | null;
    readonly quarantineOf: number | null;
    /** How it came to be, for its log. */
    readonly words: string;
  },
): Promise<number> {
  const { draft, createdBy, copiedFrom, quarantineOf, words } = from;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(replayRun)
      .values({ ...columnsOf(draft), createdBy, copiedFrom, quarantineOf })
      .returning({ id: replayRun.id });
    if (row === undefined) throw new Error('The database did not tell the id of a draft.');
    await appendReplayEvent(tx, row.id, { kind: 'draft', words, actor: createdBy });
    await notify(tx, { kind: 'replay', runId: row.id });
    return row.id;
  });
}

/**
 * Saves a draft over the one of `revision`.
 * @returns its new revision; null where it is another one by now, or no draft any more
 */
export async function saveReplayDraft(
  { db }: Pick<Database, 'db'>,
  id: number,
  revision: number,
  draft: ReplayDraft,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(replayRun)
      .set({
        ...columnsOf(draft),
        revision: sql`${replayRun.revision} + 1`,
        changedAt: sql`clock_timestamp()`,
      })
      .where(
        and(eq(replayRun.id, id), eq(replayRun.revision, revision), eq(replayRun.state, 'draft')),
      )
      .returning({ revision: replayRun.revision });
    if (row === undefined) return null;
    await notify(tx, { kind: 'replay', runId: id });
    return row.revision;
  });
}

/** Deletes a draft for good. @returns whether it was one */
export async function deleteReplayDraft(
  { db }: Pick<Database, 'db'>,
  id: number,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const gone = await tx
      .delete(replayRun)
      .where(and(eq(replayRun.id, id), eq(replayRun.state, 'draft')))
      .returning({ id: replayRun.id });
    if (gone.length === 0) return false;
    await notify(tx, { kind: 'replay', runId: id });
    return true;
  });
}

export async function readReplayRun(
  { db }: Pick<Database, 'db'>,
  id: number,
): Promise<ReplayRunRow | null> {
  const [row] = await db.select().from(replayRun).where(eq(replayRun.id, id));
  return row ?? null;
}

// What the plan found may be as long as the target has shards.
const { plan, caps, rateShares, ...listColumns } = getTableColumns(replayRun);

export type ReplayRunLine = Omit<ReplayRunRow, 'plan' | 'caps' | 'rateShares'>;

/** Newest change first. */
export async function readReplayRuns(
  { db }: Pick<Database, 'db'>,
  countMax: number,
): Promise<readonly ReplayRunLine[]> {
  return db
    .select(listColumns)
    .from(replayRun)
    .orderBy(desc(replayRun.changedAt), desc(replayRun.id))
    .limit(countMax);
}

/** Runs that send, or will as soon as a worker has begun them; in the order in which they were made. */
export async function readSendingReplays({
  db,
}: Pick<Database, 'db'>): Promise<readonly Pick<ReplayRunRow, 'id' | 'targetName'>[]> {
  return db
    .select({ id: replayRun.id, targetName: replayRun.targetName })
    .from(replayRun)
    .where(inArray(replayRun.state, ['starting', 'running']))
    .orderBy(replayRun.id);
}

function columnsOf(draft: ReplayDraft) {
  return {
    draft,
    pace: draft.pace,
    connection: draft.target?.connection ?? null,
    targetName: draft.target?.streamName ?? null,
    targetArn: draft.target?.streamArn ?? null,
  };
}
