import { sql } from 'drizzle-orm';
import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { appendReplayEvent } from './run-events.ts';
import type { StoredCaps } from './stored.ts';

/** What whoever sends has to know anew each second. */
export type SendingOrders = {
  readonly state: RunState;
  readonly hasFailed: boolean;
  readonly pace: PaceSettings;
  readonly paceRevision: number;
  /** Null where those of `knownCapsAtMs` still hold, or there are none. */
  readonly caps: StoredCaps | null;
  /** How old the caps are that hold now, by the database's clock; null: there are none. */
  readonly capsAgeMs: number | null;
  /** The database's clock, epoch milliseconds. */
  readonly nowMs: number;
};

/** @returns null where the run was deleted */
export async function readSendingOrders(
  { db }: Pick<Database, 'db'>,
  runId: number,
  knownCapsAtMs: number | null,
): Promise<SendingOrders | null> {
  const { rows } = await db.execute<{
    state: RunState;
    has_failed: boolean;
    pace: PaceSettings;
    pace_revision: number;
    caps: StoredCaps | null;
    caps_at_ms: string | null;
    now_ms: string;
  }>(sql`
    select state, failure is not null as has_failed, pace, pace_revision,
      case when (caps ->> 'atMs')::double precision > ${knownCapsAtMs ?? 0} then caps end as caps,
      caps ->> 'atMs' as caps_at_ms, extract(epoch from clock_timestamp()) * 1000 as now_ms
    from replay_run where id = ${runId}`);
  const row = rows[0];
  if (row === undefined) return null;
  const nowMs = Number(row.now_ms);
  return {
    state: row.state,
    hasFailed: row.has_failed,
    pace: row.pace,
    paceRevision: row.pace_revision,
    caps: row.caps,
    capsAgeMs: row.caps_at_ms === null ? null : nowMs - Number(row.caps_at_ms),
    nowMs,
  };
}

/** Running runs that have a slice nobody holds. */
export async function findRunsToSend(
  { db }: Pick<Database, 'db'>,
  connections: readonly string[],
): Promise<readonly number[]> {
  if (connections.length === 0) return [];
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from replay_run
    where state = 'running' and failure is null and connection in ${[...connections]}
      and (quarantine_of is not null
        or settings -> 'source' ->> 'connection' in ${[...connections]})
      and exists (
        select 1 from replay_slice
        where run_id = replay_run.id and not is_done and expires_at <= clock_timestamp()
      )
    order by id`);
  return rows.map(({ id }) => id);
}

/**
 * Notes what stands against going on; the first of several stands. Whoever watches over the run pauses it then, and
 * nothing more is sent from now on.
 */
export async function failReplay(
  { db }: Pick<Database, 'db'>,
  runId: number,
  failure: { readonly kind: string; readonly words: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const noted = await tx.execute(sql`
      update replay_run set changed_at = clock_timestamp(), failure = jsonb_build_object(
        'kind', ${failure.kind}::text, 'words', ${failure.words}::text,
        'sinceMs', floor(extract(epoch from clock_timestamp()) * 1000))
      where id = ${runId} and failure is null and state = 'running'`);
    if (noted.rowCount === 0) return;
    await appendReplayEvent(tx, runId, { kind: 'failure', words: failure.words, actor: null });
    await notify(tx, { kind: 'replay', runId });
  });
}
