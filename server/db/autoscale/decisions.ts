import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import { foldDecision, type KeptDecision } from '#lib/domain/reshard/autoscale/fold-decisions.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { autoscaleDecision, type StoredProposal, stream } from '#server/db/schema.ts';

/** A row of decisions, with what came of it. */
export type StoredDecision = KeptDecision & {
  readonly id: number;
  readonly streamId: number;
  readonly proposal: StoredProposal | null;
  readonly jobId: number | null;
  /** Who applied what was proposed; null: nobody has. */
  readonly appliedBy: string | null;
};

/** What was made of a decision besides it; a `proposal` of null leaves one that was made before as it is. */
export type DecisionResult = {
  readonly proposal: StoredProposal | null;
  readonly jobId: number | null;
};

/** Of a stream, the newest first. */
export async function readDecisions(
  { db }: Pick<Database, 'db'>,
  streamId: number,
  countMax: number,
): Promise<readonly StoredDecision[]> {
  const rows = await db
    .select()
    .from(autoscaleDecision)
    .where(eq(autoscaleDecision.streamId, streamId))
    .orderBy(desc(autoscaleDecision.id))
    .limit(countMax);
  return rows.map(storedOf);
}

/** Writes a decision into the newest row where it says the same, else into one of its own. */
export async function writeDecision(
  tx: Transaction,
  streamId: number,
  made: KeptDecision,
  { proposal, jobId }: DecisionResult,
): Promise<void> {
  const [newest] = await tx
    .select()
    .from(autoscaleDecision)
    .where(eq(autoscaleDecision.streamId, streamId))
    .orderBy(desc(autoscaleDecision.id))
    .limit(1)
    .for('update');
  const folded = newest === undefined ? null : foldDecision(storedOf(newest), made);
  if (newest !== undefined && folded !== null) {
    await tx
      .update(autoscaleDecision)
      .set({ ...columnsOf(folded), ...(proposal !== null && { proposal }) })
      .where(eq(autoscaleDecision.id, newest.id));
  } else {
    await tx.insert(autoscaleDecision).values({ streamId, ...columnsOf(made), proposal, jobId });
  }
}

/**
 * Notes who applied a proposal, and the reshard that came of it.
 * @returns false where it is not one that can still be applied, and nothing was changed
 */
export async function markApplied(
  tx: Transaction,
  { id, streamId }: Pick<StoredDecision, 'id' | 'streamId'>,
  jobId: number,
  appliedBy: string,
): Promise<boolean> {
  const marked = await tx
    .update(autoscaleDecision)
    .set({ outcome: 'applied', jobId, appliedBy })
    .where(
      and(
        eq(autoscaleDecision.id, id),
        eq(autoscaleDecision.streamId, streamId),
        eq(autoscaleDecision.outcome, 'proposed'),
      ),
    )
    .returning({ id: autoscaleDecision.id });
  return marked.length === 1;
}

/** Deletes the decisions of a connection's streams that ended before `beforeMs`. */
export async function deleteOldDecisions(
  tx: Transaction,
  connection: string,
  beforeMs: number,
): Promise<void> {
  const ours = tx.select({ id: stream.id }).from(stream).where(eq(stream.connection, connection));
  await tx
    .delete(autoscaleDecision)
    .where(
      and(
        inArray(autoscaleDecision.streamId, ours),
        lt(autoscaleDecision.toAt, sql`to_timestamp(${String(beforeMs)}::double precision / 1000)`),
      ),
    );
}

function columnsOf({ fromMs, toMs, ...kept }: KeptDecision) {
  const { count, mode, revision, decision, span, outcome, words } = kept;
  return {
    fromAt: new Date(fromMs),
    toAt: new Date(toMs),
    count,
    mode,
    revision,
    decision,
    span,
    outcome,
    words,
  };
}

function storedOf({ fromAt, toAt, ...row }: typeof autoscaleDecision.$inferSelect): StoredDecision {
  return { ...row, fromMs: fromAt.getTime(), toMs: toAt.getTime() };
}
