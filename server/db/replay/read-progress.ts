import { eq, sql } from 'drizzle-orm';
import type { Ledger } from '#lib/domain/replay/job/ledger.ts';
import type { SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { Database } from '#server/db/client.ts';
import { replaySlice } from './schema.ts';

/** A slice as its run's page needs it. */
export type StoredSlice = {
  readonly progress: SliceProgress;
  readonly isDone: boolean;
  readonly storedBytesDone: number;
  readonly archiveMs: number | null;
  /** The worker whose lease on it has not run out; null: none. */
  readonly holder: string | null;
};

/** All slices of a run, in archive order. */
export async function readReplaySlices(
  { db }: Pick<Database, 'db'>,
  runId: number,
): Promise<readonly StoredSlice[]> {
  return db
    .select({
      progress: replaySlice.progress,
      isDone: replaySlice.isDone,
      storedBytesDone: replaySlice.storedBytesDone,
      archiveMs: replaySlice.archiveMs,
      holder: sql<
        string | null
      >`case when ${replaySlice.expiresAt} > clock_timestamp() then ${replaySlice.holder} end`,
    })
    .from(replaySlice)
    .where(eq(replaySlice.runId, runId))
    .orderBy(replaySlice.slice);
}

/** What lists show of how far a run is. */
export type ReplaySums = {
  readonly storedBytesDone: number;
  readonly emitted: number;
  readonly quarantined: number;
  readonly possibleDuplicates: number;
};

/** By run, of those that have slices. */
export async function readReplaySums(
  { db }: Pick<Database, 'db'>,
  runIds: readonly number[],
): Promise<ReadonlyMap<number, ReplaySums>> {
  if (runIds.length === 0) return new Map();
  const figure = (name: keyof Ledger) => sql`sum((progress -> 'ledger' ->> ${name}::text)::bigint)`;
  const { rows } = await db.execute<{
    run_id: number;
    stored_bytes_done: string;
    emitted: string;
    quarantined: string;
    lost: string;
    interrupted: string;
  }>(sql`
    select run_id, sum(stored_bytes_done) as stored_bytes_done, ${figure('emitted')} as emitted,
      ${figure('quarantined')} as quarantined, ${figure('recordsInLostAnswers')} as lost,
      ${figure('recordsInterrupted')} as interrupted
    from replay_slice where run_id in ${[...runIds]} group by run_id`);
  return new Map(
    rows.map((row) => [
      row.run_id,
      {
        storedBytesDone: Number(row.stored_bytes_done),
        emitted: Number(row.emitted),
        quarantined: Number(row.quarantined),
        possibleDuplicates: Number(row.lost) + Number(row.interrupted),
      },
    ]),
  );
}
