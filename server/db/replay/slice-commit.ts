import { sql } from 'drizzle-orm';
import { maySend, type RunState } from '#lib/domain/replay/job/run-state.ts';
import { isSliceDone, type SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import { insertQuarantine, type NewQuarantine } from './quarantine-write.ts';
import { isOurs, leaseEnd, type SliceLease } from './slice-lease.ts';

/** Who is silent for longer is frozen, or cut off from the database: see collector-lease.ts. */
const SILENCE_MS_MAX = 10_000;

/** What a group makes of a slice. */
export type SliceWrite = {
  readonly progress: SliceProgress;
  /** Of objects that have come to their end, all so far. */
  readonly storedBytesDone: number;
  readonly archiveMs: number | null;
  /** Units that go to quarantine by this group. */
  readonly quarantined: readonly NewQuarantine[];
};

/** The run as a group found it. `maySend`: its intents were written down, and may be sent. */
export type RunAtCommit = { readonly state: RunState; readonly maySend: boolean };

/**
 * Writes a checkpoint in one transaction, which proves the lease by its token and prolongs it. The state of the run is
 * read behind the lock on the slice: who ends a run locks its slices first (slice-advance.ts), so either it sees what
 * is written here, or it has ended the run before, and no intent is written.
 * @param write null: nothing but the lease is prolonged
 * @throws LeaseLost before anything is written; any other error may have come after it was
 */
export async function commitSlice(
  { db }: Pick<Database, 'db'>,
  lease: SliceLease,
  ttlMs: number,
  write: (run: RunAtCommit) => SliceWrite | null,
): Promise<RunAtCommit> {
  return db.transaction(async (tx) => {
    const ours = await tx.execute(sql`
      select set_config('idle_in_transaction_session_timeout', ${String(SILENCE_MS_MAX)}, true)
      from replay_slice where ${isOurs(lease)} for update`);
    if (ours.rowCount !== 1) {
      throw new LeaseLost(`Somebody else has slice ${lease.slice} of replay ${lease.runId} now.`);
    }
    const { rows } = await tx.execute<{ state: RunState; has_failed: boolean }>(sql`
      select state, failure is not null as has_failed from replay_run where id = ${lease.runId}`);
    const row = rows[0];
    if (row === undefined) throw new LeaseLost(`Replay ${lease.runId} was deleted.`);
    const run = { state: row.state, maySend: maySend(row.state) && !row.has_failed };
    const written = write(run);
    if (written === null) {
      await tx.execute(
        sql`update replay_slice set expires_at = ${leaseEnd(ttlMs)} where ${isOurs(lease)}`,
      );
      return run;
    }
    await insertQuarantine(tx, lease.runId, written.quarantined);
    await tx.execute(sql`
      update replay_slice set progress = ${JSON.stringify(written.progress)}::jsonb,
        is_done = ${isSliceDone(written.progress)}, stored_bytes_done = ${written.storedBytesDone},
        archive_ms = ${written.archiveMs}, expires_at = ${leaseEnd(ttlMs)}
      where ${isOurs(lease)}`);
    return run;
  });
}
