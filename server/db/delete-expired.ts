import { sql } from 'drizzle-orm';
import { periodStart, type Tier } from '#lib/domain/roll-up.ts';
import type { Transaction } from './collector-lease.ts';

/** Whole hours are deleted, so that no longer period is made anew from a part of its frames. */
const EXPIRY_STEP_SECONDS = 3_600;

/**
 * Deletes what is kept no longer: frames by their tier, and streams that are gone for `goneKeepMs` with all
 * that was known of them.
 */
export async function deleteExpired(
  tx: Transaction,
  connection: string,
  tiers: readonly Tier[],
  goneKeepMs: number,
  nowMs: number,
): Promise<void> {
  const streamIds = sql`(select id from stream where connection = ${connection})`;
  for (const tier of tiers) {
    const keptSince = new Date(periodStart(nowMs - tier.keepMs, EXPIRY_STEP_SECONDS));
    await tx.execute(sql`
      delete from frame where stream_id in ${streamIds}
        and period_seconds = ${tier.periodSeconds} and period_start < ${keptSince.toISOString()}`);
  }
  await tx.execute(sql`
    delete from stream where connection = ${connection}
      and gone_at < clock_timestamp() - ${String(goneKeepMs)}::double precision * interval '1 millisecond'`);
}
