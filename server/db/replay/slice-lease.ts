import { sql } from 'drizzle-orm';
import { takeOver } from '#lib/domain/replay/job/commit-group.ts';
import type { SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { Database } from '#server/db/client.ts';

/** The right to send one slice. `token` is another one each time that it is taken, and fences all who had it before. */
export type SliceLease = {
  readonly runId: number;
  readonly slice: number;
  readonly holder: string;
  readonly token: number;
};

/** A slice as its new holder begins with it. */
export type ClaimedSlice = {
  readonly lease: SliceLease;
  readonly progress: SliceProgress;
  readonly storedBytesDone: number;
  readonly archiveMs: number | null;
};

type SliceRow = {
  slice: number;
  token: string;
  progress: SliceProgress;
  stored_bytes_done: string;
  archive_ms: number | null;
};

/**
 * Takes a slice of a running run that nobody holds, the first in archive order. What its last holder had in flight is
 * counted as interrupted in the same transaction that shuts that holder out.
 */
export async function claimSlice(
  { db }: Pick<Database, 'db'>,
  runId: number,
  holder: string,
  ttlMs: number,
): Promise<ClaimedSlice | null> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<SliceRow>(sql`
      select slice, token, progress, stored_bytes_done, archive_ms from replay_slice
      where run_id = ${runId} and not is_done and expires_at <= clock_timestamp()
        and exists (select 1 from replay_run where id = ${runId} and state = 'running')
      order by slice limit 1 for update skip locked`);
    const row = rows[0];
    if (row === undefined) return null;
    const before = Number(row.token);
    const token = before + 1;
    // The first holder takes it over from nobody.
    const progress = before === 0 ? { ...row.progress, token } : takeOver(row.progress, token);
    await tx.execute(sql`
      update replay_slice set holder = ${holder}, token = ${token},
        progress = ${JSON.stringify(progress)}::jsonb, expires_at = ${leaseEnd(ttlMs)}
      where run_id = ${runId} and slice = ${row.slice}`);
    return {
      lease: { runId, slice: row.slice, holder, token },
      progress,
      storedBytesDone: Number(row.stored_bytes_done),
      archiveMs: row.archive_ms,
    };
  });
}

/** Lets the next one begin at once. Nothing happens where the lease is not ours any more. */
export async function releaseSlice({ db }: Pick<Database, 'db'>, lease: SliceLease): Promise<void> {
  await db.execute(sql`
    update replay_slice set expires_at = clock_timestamp(), holder = null where ${isOurs(lease)}`);
}

/** On the database's clock. */
export const leaseEnd = (ttlMs: number) =>
  sql`clock_timestamp() + ${String(ttlMs)}::double precision * interval '1 millisecond'`;

export const isOurs = ({ runId, slice, holder, token }: SliceLease) =>
  sql`run_id = ${runId} and slice = ${slice} and holder = ${holder} and token = ${token}`;
