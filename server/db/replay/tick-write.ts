import { sql } from 'drizzle-orm';
import { type Ledger, sumLedgers } from '#lib/domain/replay/job/ledger.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import { appendReplayEvent } from './run-events.ts';
import type { RunLease } from './run-lease.ts';
import type { StoredCaps } from './stored.ts';

const KNOWN_AGAIN = 'What may be sent to each shard is known again.';

/** What the slices of a run have come to together. */
export async function readRunLedger({ db }: Pick<Database, 'db'>, runId: number): Promise<Ledger> {
  const { rows } = await db.execute<{ ledger: Ledger }>(
    sql`select progress -> 'ledger' as ledger from replay_slice where run_id = ${runId}`,
  );
  return sumLedgers(rows.map(({ ledger }) => ledger));
}

/** Whether a person had a run go on that had been paused, or had failed. */
export async function wasResumed({ db }: Pick<Database, 'db'>, runId: number): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`select 1 from replay_event where run_id = ${runId} and kind = 'resume' limit 1`,
  );
  return rowCount === 1;
}

/** Notes the sums of a run as they are now, and tells that they are others. @param rates bytes a second; null: unknown */
export async function writeTick(
  { db }: Pick<Database, 'db'>,
  runId: number,
  rates: { readonly cap: number | null; readonly live: number | null },
): Promise<void> {
  const sumOf = (figure: keyof Ledger) =>
    sql`sum((progress -> 'ledger' ->> ${figure}::text)::bigint)::bigint`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into replay_tick (run_id, at, emitted, emitted_bytes, throttled, settled,
        stored_bytes_done, archive_ms, cap_bytes_per_second, live_bytes_per_second)
      select run_id, clock_timestamp(), ${sumOf('emitted')}, ${sumOf('emittedBytes')},
        ${sumOf('recordsThrottled')},
        ${sumOf('emitted')} + ${sumOf('filtered')} + ${sumOf('deduplicated')} + ${sumOf('quarantined')},
        sum(stored_bytes_done), max(archive_ms), ${rates.cap}::double precision,
        ${rates.live}::double precision
      from replay_slice where run_id = ${runId} group by run_id
      on conflict do nothing`);
    await notify(tx, { kind: 'replay', runId });
  });
}

/**
 * Writes what may be sent to each shard from now on.
 * @param unknownTraffic what to note in the log, where nothing is sent to some shards as nobody knows what others write
 * there; null: it is known, or a cap was set
 * @throws LeaseLost
 */
export async function writeCaps(
  { db }: Pick<Database, 'db'>,
  { runId, holder, token }: RunLease,
  caps: Omit<StoredCaps, 'atMs' | 'unknownSinceMs'>,
  unknownTraffic: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await tx.execute<{ since: number | null; now: number }>(sql`
      select (caps ->> 'unknownSinceMs')::double precision as since,
        (extract(epoch from clock_timestamp()) * 1000)::double precision as now
      from replay_run where id = ${runId} and holder = ${holder} and token = ${token}
      for no key update`);
    const [before] = found.rows;
    if (before === undefined) throw new LeaseLost(`Somebody else watches over replay ${runId}.`);
    const { since, now: atMs } = before;
    const unknownSinceMs = unknownTraffic === null ? null : (since ?? atMs);
    const written: StoredCaps = { ...caps, atMs, unknownSinceMs };
    await tx.execute(sql`
      update replay_run set caps = ${JSON.stringify(written)}::jsonb where id = ${runId}`);
    if ((since === null) !== (unknownSinceMs === null)) {
      await appendReplayEvent(tx, runId, {
        kind: unknownTraffic === null ? 'traffic-known' : 'traffic-unknown',
        words: unknownTraffic ?? KNOWN_AGAIN,
        actor: null,
      });
    }
    await notify(tx, { kind: 'replay', runId });
  });
}
