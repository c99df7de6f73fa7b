import { sql } from 'drizzle-orm';
import { advanceRun, type RunFacts } from '#lib/domain/replay/job/advance-run.ts';
import { takeOver } from '#lib/domain/replay/job/commit-group.ts';
import { type Ledger, sumLedgers } from '#lib/domain/replay/job/ledger.ts';
import type { RunEvent, RunState } from '#lib/domain/replay/job/run-state.ts';
import type { SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { applyRunEvent } from './run-state.ts';

type Run = { readonly state: RunState; readonly failure: string | null };

/**
 * Moves a run on by itself, where its slices and its failure say so: it pauses for a failure, settles once nothing is in
 * flight, and ends when all is done. To be asked after each checkpoint that may change the answer, by anybody.
 * @returns the state it came to; null where it stays as it is
 */
export async function advanceReplay(
  database: Pick<Database, 'db'>,
  runId: number,
): Promise<RunState | null> {
  // Most times there is nothing to do, and nobody need wait for a lock.
  if ((await eventOf(database.db, runId)) === null) return null;
  return database.db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from replay_run where id = ${runId} for no key update`);
    // Behind these locks no intent is written any more: see commitSlice.
    await tx.execute(
      sql`select 1 from replay_slice where run_id = ${runId} order by slice for update`,
    );
    const found = await eventOf(tx, runId);
    if (found === null) return null;
    if (found.event === 'settle' || found.event === 'fail') await shutOutTheSilent(tx, runId);
    const words = found.event === 'pause' || found.event === 'fail' ? found.failure : null;
    return applyRunEvent(tx, runId, found.event, { actor: null, ...(words && { words }) });
  });
}

async function eventOf(
  db: Pick<Database['db'], 'execute'>,
  runId: number,
): Promise<{ readonly event: RunEvent; readonly failure: string | null } | null> {
  const { rows } = await db.execute<Run>(
    sql`select state, failure ->> 'words' as failure from replay_run where id = ${runId}`,
  );
  const run = rows[0];
  if (run === undefined) return null;
  const event = advanceRun(run.state, { ...(await factsOf(db, runId)), failure: run.failure });
  return event === null ? null : { event, failure: run.failure };
}

async function factsOf(
  db: Pick<Database['db'], 'execute'>,
  runId: number,
): Promise<Omit<RunFacts, 'failure'>> {
  const { rows } = await db.execute<{
    is_done: boolean;
    ledger: Ledger;
    requests: number;
    is_held: boolean;
  }>(sql`
    select is_done, progress -> 'ledger' as ledger,
      jsonb_array_length(progress -> 'requests') as requests,
      holder is not null and expires_at > clock_timestamp() as is_held
    from replay_slice where run_id = ${runId}`);
  return {
    ledger: sumLedgers(rows.map(({ ledger }) => ledger)),
    slices: rows.length,
    slicesDone: rows.filter((row) => row.is_done).length,
    openRequests: rows.reduce((sum, row) => sum + (row.is_held ? row.requests : 0), 0),
  };
}

/**
 * Whoever died with something in flight, or only sleeps: what it had is counted as possible duplicates now, as nobody
 * may take the slice over for long, and its token is worth nothing any more.
 */
async function shutOutTheSilent(tx: Transaction, runId: number): Promise<void> {
  const { rows } = await tx.execute<{ slice: number; token: string; progress: SliceProgress }>(sql`
    select slice, token, progress from replay_slice
    where run_id = ${runId} and not is_done and jsonb_array_length(progress -> 'requests') > 0`);
  for (const { slice, token, progress } of rows) {
    const next = Number(token) + 1;
    await tx.execute(sql`
      update replay_slice set holder = null, token = ${next}, expires_at = clock_timestamp(),
        progress = ${JSON.stringify(takeOver(progress, next))}::jsonb
      where run_id = ${runId} and slice = ${slice}`);
  }
}
