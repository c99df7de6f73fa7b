import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { replayTick } from './schema.ts';

export type ReplayTickRow = Omit<typeof replayTick.$inferSelect, 'runId'>;

/** In order of time. Of more than `countMax` every n-th is given, with the first and the last. */
export async function readReplayTicks(
  { db }: Pick<Database, 'db'>,
  runId: number,
  countMax: number,
): Promise<readonly ReplayTickRow[]> {
  const numbered = db
    .select({
      at: replayTick.at,
      place: sql<number>`row_number() over (order by ${replayTick.at})`.as('place'),
      count: sql<number>`count(*) over ()`.as('count'),
    })
    .from(replayTick)
    .where(eq(replayTick.runId, runId))
    .as('numbered');
  const step = sql`ceil(${numbered.count} / ${countMax}::double precision)::int`;
  return db
    .select(columns)
    .from(replayTick)
    .innerJoin(numbered, eq(numbered.at, replayTick.at))
    .where(
      sql`${replayTick.runId} = ${runId}
        and ((${numbered.place} - 1) % ${step} = 0 or ${numbered.place} = ${numbered.count})`,
    )
    .orderBy(asc(replayTick.at));
}

/** The newest first. */
export async function readLastTicks(
  { db }: Pick<Database, 'db'>,
  runId: number,
  count: number,
): Promise<readonly ReplayTickRow[]> {
  return db
    .select(columns)
    .from(replayTick)
    .where(eq(replayTick.runId, runId))
    .orderBy(desc(replayTick.at))
    .limit(count);
}

const columns = {
  at: replayTick.at,
  emitted: replayTick.emitted,
  emittedBytes: replayTick.emittedBytes,
  throttled: replayTick.throttled,
  settled: replayTick.settled,
  storedBytesDone: replayTick.storedBytesDone,
  archiveMs: replayTick.archiveMs,
  capBytesPerSecond: replayTick.capBytesPerSecond,
  liveBytesPerSecond: replayTick.liveBytesPerSecond,
};
