import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { replayQuarantine } from './schema.ts';

export type QuarantinedRow = typeof replayQuarantine.$inferSelect;

/** In order of coming. @param after an id; null: from the first */
export async function readQuarantine(
  { db }: Pick<Database, 'db'>,
  runId: number,
  after: number | null,
  countMax: number,
  reason: string | null = null,
): Promise<readonly QuarantinedRow[]> {
  return db
    .select()
    .from(replayQuarantine)
    .where(
      and(
        eq(replayQuarantine.runId, runId),
        after === null ? undefined : gt(replayQuarantine.id, after),
        reason === null ? undefined : eq(replayQuarantine.reason, reason),
      ),
    )
    .orderBy(replayQuarantine.id)
    .limit(countMax);
}

export type QuarantineSum = {
  readonly reason: string;
  readonly units: number;
  readonly bytes: number;
};

/** By reason, most units first. */
export async function readQuarantineSums(
  { db }: Pick<Database, 'db'>,
  runId: number,
): Promise<readonly QuarantineSum[]> {
  const units = sql<number>`sum(${replayQuarantine.last} - ${replayQuarantine.first} + 1)`;
  return db
    .select({
      reason: replayQuarantine.reason,
      units: units.mapWith(Number),
      bytes: sql<number>`sum(${replayQuarantine.byteCount})`.mapWith(Number),
    })
    .from(replayQuarantine)
    .where(eq(replayQuarantine.runId, runId))
    .groupBy(replayQuarantine.reason)
    .orderBy(sql`${units} desc`, replayQuarantine.reason);
}

/**
 * What can be sent of a quarantine, in parts of at most `countMax` rows: rows that hold all of their bytes. `lines` of a part
 * are the same ones each time, as rows never change.
 */
export type QuarantinePart = {
  readonly firstId: number;
  readonly lastId: number;
  readonly byteCount: number;
};

/** The part behind `after`; null: there is no more. */
export async function readQuarantinePart(
  { db }: Pick<Database, 'db'>,
  runId: number,
  after: number,
  countMax: number,
): Promise<QuarantinePart | null> {
  const rows = await db
    .select({ id: replayQuarantine.id, byteCount: replayQuarantine.byteCount })
    .from(replayQuarantine)
    .where(and(eq(replayQuarantine.runId, runId), gt(replayQuarantine.id, after), isSendable))
    .orderBy(replayQuarantine.id)
    .limit(countMax);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const byteCount = rows.reduce((sum, row) => sum + row.byteCount, 0);
  return { firstId: first.id, lastId: last.id, byteCount };
}

/** The rows of a part, some at a time. */
export async function* readQuarantineRows(
  { db }: Pick<Database, 'db'>,
  runId: number,
  { firstId, lastId }: Pick<QuarantinePart, 'firstId' | 'lastId'>,
): AsyncGenerator<QuarantinedRow, void> {
  for (let after = firstId - 1; ; ) {
    const rows = await db
      .select()
      .from(replayQuarantine)
      .where(
        and(
          eq(replayQuarantine.runId, runId),
          gt(replayQuarantine.id, after),
          lte(replayQuarantine.id, lastId),
          isSendable,
        ),
      )
      .orderBy(replayQuarantine.id)
      .limit(ROWS_PER_READ);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_READ) return;
    after = last.id;
  }
}

/** Each may be as large as a record. */
const ROWS_PER_READ = 20;

/** What was decoded, with all of its bytes: of what is too large only the beginning is kept, of what could not be read nothing. */
const isSendable = sql`octet_length(${replayQuarantine.bytes}) = ${replayQuarantine.byteCount}
  and ${replayQuarantine.partitionKey} is not null`;
