import { sql } from 'drizzle-orm';
import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost, type Transaction } from '#server/db/collector-lease.ts';
import { leaseEnd } from './slice-lease.ts';

/** The right to plan a run, to start it or to watch over it. `token` is another one each time that it is taken. */
export type RunLease = { readonly runId: number; readonly holder: string; readonly token: number };

/** Who is silent for longer is frozen, or cut off from the database: see collector-lease.ts. */
const SILENCE_MS_MAX = 10_000;

/**
 * Takes a run in one of these states that nobody holds, the one first that waits longest.
 * @param connections that this worker can reach: of the target, and of the archive
 */
export async function claimReplayRun(
  { db }: Pick<Database, 'db'>,
  states: readonly RunState[],
  connections: readonly string[],
  holder: string,
  ttlMs: number,
): Promise<RunLease | null> {
  if (connections.length === 0) return null;
  const { rows } = await db.execute<{ id: number; token: string }>(sql`
    update replay_run set holder = ${holder}, token = token + 1, expires_at = ${leaseEnd(ttlMs)}
    where id = (
      select id from replay_run
      where state in ${[...states]} and expires_at <= clock_timestamp()
        and connection in ${[...connections]}
        and (quarantine_of is not null
          or settings -> 'source' ->> 'connection' in ${[...connections]})
      order by expires_at, id limit 1
      for update skip locked
    )
    returning id, token`);
  const row = rows[0];
  return row === undefined ? null : { runId: row.id, holder, token: Number(row.token) };
}

/** Keeps the lease. @returns the run's state; null where somebody else has taken it over, or the run was deleted */
export async function renewRunLease(
  { db }: Pick<Database, 'db'>,
  lease: RunLease,
  ttlMs: number,
): Promise<RunState | null> {
  const { rows } = await db.execute<{ state: RunState }>(sql`
    update replay_run set expires_at = ${leaseEnd(ttlMs)} where ${isOurs(lease)} returning state`);
  return rows[0]?.state ?? null;
}

/** Lets the next one begin at once. Nothing happens where the lease is not ours any more. */
export async function releaseRunLease(
  { db }: Pick<Database, 'db'>,
  lease: RunLease,
): Promise<void> {
  await db.execute(sql`
    update replay_run set expires_at = clock_timestamp(), holder = null where ${isOurs(lease)}`);
}

/**
 * Runs `write` in a transaction that commits only while the lease is ours; the run's row is locked to its end.
 * @param write gets the state that the run is in
 * @throws LeaseLost before anything is written
 */
export async function withRunLease<T>(
  { db }: Pick<Database, 'db'>,
  lease: RunLease,
  write: (tx: Transaction, state: RunState) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ state: RunState }>(sql`
      select state, set_config('idle_in_transaction_session_timeout', ${String(SILENCE_MS_MAX)}, true)
      from replay_run where ${isOurs(lease)} for update`);
    const state = rows[0]?.state;
    if (state === undefined) {
      throw new LeaseLost(`Somebody else works on replay ${lease.runId} now.`);
    }
    return write(tx, state);
  });
}

const isOurs = ({ runId, holder, token }: RunLease) =>
  sql`id = ${runId} and holder = ${holder} and token = ${token}`;
