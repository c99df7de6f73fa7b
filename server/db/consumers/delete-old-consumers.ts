import { sql } from 'drizzle-orm';
import { periodStart, type Tier } from '#lib/domain/roll-up.ts';
import type { Transaction } from '#server/db/collector-lease.ts';

const EVENT_KEEP_DAYS = 30;

/** Of one application; older ones go first. */
const EVENTS_MAX = 5_000;

/** Whole hours are deleted, so that no longer period is made anew from a part of its frames. */
const EXPIRY_STEP_SECONDS = 3_600;

/**
 * An observation holds only what changed since the one before: those that are kept begin with a whole one, which may
 * be this much older.
 */
const WHOLE_WITHIN_MS = 15 * 60_000;

/** Deletes observations, lag frames and events of a connection that are kept no longer. */
export async function deleteOldConsumers(
  tx: Transaction,
  connection: string,
  {
    observationsKeepMs,
    tiers,
    nowMs,
  }: {
    readonly observationsKeepMs: number;
    readonly tiers: readonly Tier[];
    /** On AWS's clock. */
    readonly nowMs: number;
  },
): Promise<void> {
  const ofConnection = sql`(select id from application where connection = ${connection})`;
  const observedBefore = new Date(nowMs - observationsKeepMs - WHOLE_WITHIN_MS).toISOString();
  await tx.execute(sql`
    delete from lease_observation
    where application_id in ${ofConnection} and observed_at < ${observedBefore}`);
  for (const { periodSeconds, keepMs } of tiers) {
    const keptSince = new Date(periodStart(nowMs - keepMs, EXPIRY_STEP_SECONDS)).toISOString();
    await tx.execute(sql`
      delete from lag_frame
      where application_id in ${ofConnection}
        and period_seconds = ${periodSeconds} and period_start < ${keptSince}`);
  }
  const happenedBefore = new Date(nowMs - EVENT_KEEP_DAYS * 86_400_000).toISOString();
  await tx.execute(sql`
    delete from application_event as old
    where application_id in ${ofConnection} and (at < ${happenedBefore} or id <= (
      select id from application_event as kept
      where kept.application_id = old.application_id
      order by id desc offset ${EVENTS_MAX} limit 1))`);
}

/** Deletes applications that are gone for `goneKeepMs`, with their history. */
export async function deleteGoneApplications(
  tx: Transaction,
  connection: string,
  goneKeepMs: number,
): Promise<void> {
  await tx.execute(sql`
    delete from application where connection = ${connection}
      and gone_at < clock_timestamp() - ${String(goneKeepMs)}::double precision * interval '1 millisecond'`);
}
