import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Transaction } from './collector-lease.ts';
import { type FailureColumn, streamSetup } from './schema.ts';

/** What is to be set of a stream once it is ACTIVE: see the table. */
export type StreamSetup = typeof streamSetup.$inferSelect;

export type NewStreamSetup = Pick<
  StreamSetup,
  'connection' | 'arn' | 'createdAtMs' | 'name' | 'retentionHours' | 'keyId' | 'requestedBy'
>;

/** Written once for a stream: a repetition leaves what is there. */
export async function insertStreamSetup(
  { db }: Pick<Database, 'db'>,
  setup: NewStreamSetup,
): Promise<void> {
  await db.insert(streamSetup).values(setup).onConflictDoNothing();
}

/** Of a connection, those that are under way, the oldest first. */
export async function readOpenStreamSetups(
  { db }: Pick<Database, 'db'>,
  connection: string,
): Promise<readonly StreamSetup[]> {
  return db
    .select()
    .from(streamSetup)
    .where(and(eq(streamSetup.connection, connection), isNull(streamSetup.finishedAt)))
    .orderBy(asc(streamSetup.id));
}

/** @returns null where the stream was not created here, or took nothing more than its creation */
export async function readStreamSetup(
  { db }: Pick<Database, 'db'>,
  stream: Pick<StreamSetup, 'connection' | 'arn' | 'createdAtMs'>,
): Promise<StreamSetup | null> {
  const [row] = await db
    .select()
    .from(streamSetup)
    .where(
      and(
        eq(streamSetup.connection, stream.connection),
        eq(streamSetup.arn, stream.arn),
        eq(streamSetup.createdAtMs, stream.createdAtMs),
      ),
    );
  return row ?? null;
}

/** @param failure why it was given up; null: all is set */
export async function finishStreamSetup(
  tx: Transaction,
  id: number,
  failure: FailureColumn | null,
): Promise<void> {
  await tx
    .update(streamSetup)
    .set({ finishedAt: sql`clock_timestamp()`, failure })
    .where(eq(streamSetup.id, id));
}
