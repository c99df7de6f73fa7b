import { sql } from 'drizzle-orm';
import type { JobState } from '#lib/domain/reshard/job/job-state.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost, type Transaction } from '#server/db/collector-lease.ts';

/** The right to work on one reshard. `token` is another one each time that it is taken. */
export type JobLease = { readonly jobId: number; readonly holder: string; readonly token: number };

/** Who is silent for longer is frozen, or cut off from the database: see collector-lease.ts. */
const SILENCE_MS_MAX = 10_000;

/**
 * Takes a job that needs a worker and that nobody works on, the oldest first.
 * @param connections that this worker can reach
 */
export async function claimReshardJob(
  { db }: Pick<Database, 'db'>,
  connections: readonly string[],
  holder: string,
  ttlMs: number,
): Promise<{ readonly lease: JobLease; readonly connection: string } | null> {
  if (connections.length === 0) return null;
  const { rows } = await db.execute<{ id: number; token: string; connection: string }>(sql`
    update reshard_job set holder = ${holder}, token = token + 1, expires_at = ${expiry(ttlMs)}
    where id = (
      select id from reshard_job
      where ended_at is null and state <> 'held' and expires_at <= clock_timestamp()
        and connection in ${[...connections]}
      order by id limit 1
      for update skip locked
    )
    returning id, token, connection`);
  const row = rows[0];
  return row === undefined
    ? null
    : {
        lease: { jobId: row.id, holder, token: Number(row.token) },
        connection: row.connection,
      };
}

/** What somebody who works on a job must know anew at each turn. */
export type JobTurn = {
  readonly state: JobState;
  readonly ignoresLag: boolean;
  /** The database's clock, epoch milliseconds. */
  readonly nowMs: number;
};

/** Keeps the lease. @returns null where somebody else has taken it over */
export async function renewJobLease(
  { db }: Pick<Database, 'db'>,
  lease: JobLease,
  ttlMs: number,
): Promise<JobTurn | null> {
  const { rows } = await db.execute<{ state: JobState; ignores_lag: boolean; now_ms: string }>(sql`
    update reshard_job set expires_at = ${expiry(ttlMs)} where ${isOurs(lease)}
    returning state, ignores_lag, extract(epoch from clock_timestamp()) * 1000 as now_ms`);
  const row = rows[0];
  return row === undefined
    ? null
    : {
        state: row.state,
        ignoresLag: row.ignores_lag,
        nowMs: Math.floor(Number(row.now_ms)),
      };
}

/** Lets the next one begin at once. Nothing happens where the lease is not ours any more. */
export async function releaseJobLease(
  { db }: Pick<Database, 'db'>,
  lease: JobLease,
): Promise<void> {
  await db.execute(
    sql`update reshard_job set expires_at = clock_timestamp(), holder = null
      where ${isOurs(lease)} and expires_at <> 'infinity'`,
  );
}

/** Nobody need look at a paused job of which nothing is under way, until it is resumed or cancelled. */
export async function parkJob(tx: Transaction, { jobId }: JobLease): Promise<void> {
  await tx.execute(
    sql`update reshard_job set expires_at = 'infinity' where id = ${jobId} and state = 'paused'`,
  );
}

/**
 * Runs `write` in a transaction that commits only while the lease is ours.
 * @throws LeaseLost before anything is written
 */
export async function withJobLease<T>(
  { db }: Pick<Database, 'db'>,
  lease: JobLease,
  write: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const ours = await tx.execute(sql`
      select set_config('idle_in_transaction_session_timeout', ${String(SILENCE_MS_MAX)}, true)
      from reshard_job where ${isOurs(lease)} for update`);
    if (ours.rowCount !== 1) {
      throw new LeaseLost(`Somebody else works on reshard ${lease.jobId} now.`);
    }
    return write(tx);
  });
}

const expiry = (ttlMs: number) =>
  sql`clock_timestamp() + ${String(ttlMs)}::double precision * interval '1 millisecond'`;

const isOurs = (lease: JobLease) =>
  sql`id = ${lease.jobId} and holder = ${lease.holder} and token = ${lease.token}`;
