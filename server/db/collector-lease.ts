import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';

/** The right to collect one connection. `token` is another one for each change of holder. */
export type CollectorLease = {
  readonly connection: string;
  readonly holder: string;
  readonly token: number;
};

/** Somebody else collects now: what was to be written was not, and must not be. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export type Transaction = Parameters<Parameters<Database['db']['transaction']>[0]>[0];

/**
 * Takes the lease where it is free, expired or held by `holder` already.
 * @returns the lease, or for how many milliseconds the holder's has still to run
 */
export async function acquireLease(
  { db }: Database,
  connection: string,
  holder: string,
  ttlMs: number,
): Promise<CollectorLease | { readonly heldForMs: number }> {
  const expiresAt = expiry(ttlMs);
  const taken = await db.execute<{ token: string }>(sql`
    insert into collector_lease as held (connection, holder, token, expires_at)
    values (${connection}, ${holder}, 1, ${expiresAt})
    on conflict (connection) do update
      set holder = excluded.holder, token = held.token + 1, expires_at = ${expiresAt}
      where held.expires_at <= clock_timestamp() or held.holder = excluded.holder
    returning token`);
  const token = taken.rows[0]?.token;
  if (token !== undefined) return { connection, holder, token: Number(token) };
  const held = await db.execute<{ ms: string }>(sql`
    select extract(epoch from expires_at - clock_timestamp()) * 1000 as ms
    from collector_lease where connection = ${connection}`);
  return { heldForMs: Math.max(0, Number(held.rows[0]?.ms ?? 0)) };
}

/**
 * @returns false where somebody else has taken the lease over. One that ran out while nobody did is still ours:
 * whoever takes it changes its token.
 */
export async function renewLease(
  { db }: Database,
  lease: CollectorLease,
  ttlMs: number,
): Promise<boolean> {
  const renewed = await db.execute(sql`
    update collector_lease set expires_at = ${expiry(ttlMs)}
    where ${isOurs(lease)}`);
  return renewed.rowCount === 1;
}

/** Lets the next one begin at once. Nothing happens where the lease is not ours any more. */
export async function releaseLease({ db }: Database, lease: CollectorLease): Promise<void> {
  await db.execute(
    sql`update collector_lease set expires_at = clock_timestamp() where ${isOurs(lease)}`,
  );
}

/** Between two statements we only reckon: who is silent for longer is frozen, or cut off from the database. */
const SILENCE_MS_MAX = 10_000;

/**
 * Runs `write` in a transaction that commits only while the lease is ours: the row is locked to its end, so
 * nobody can take the lease over in between. The database ends it where nothing comes for `silenceMsMax`:
 * a machine that vanished must not hold the row for the hours that TCP takes to find out.
 * @throws LeaseLost before anything is written
 */
export async function withLease<T>(
  { db }: Database,
  lease: CollectorLease,
  write: (tx: Transaction) => Promise<T>,
  silenceMsMax = SILENCE_MS_MAX,
): Promise<T> {
  return db.transaction(async (tx) => {
    const ours = await tx.execute(sql`
      select set_config('idle_in_transaction_session_timeout', ${String(silenceMsMax)}, true)
      from collector_lease where ${isOurs(lease)} for share`);
    if (ours.rowCount !== 1) {
      throw new LeaseLost(`The lease on connection "${lease.connection}" is no longer ours.`);
    }
    return write(tx);
  });
}

// The database's clock, not ours: all who compete read the same one.
const expiry = (ttlMs: number) =>
  sql`clock_timestamp() + ${String(ttlMs)}::double precision * interval '1 millisecond'`;

const isOurs = (lease: CollectorLease) =>
  sql`connection = ${lease.connection} and holder = ${lease.holder} and token = ${lease.token}`;
