import { sql } from 'drizzle-orm';
import { periodStart, type Tier } from '#lib/domain/roll-up.ts';
import type { Transaction } from './collector-lease.ts';

/** Whole hours are deleted, so that no longer period is made anew from a part of its frames. */
const EXPIRY_STEP_SECONDS = 3_600;

/** Deletes the frames of one tier that are kept no longer. */
export async function deleteExpiredFrames(
  tx: Transaction,
  connection: string,
  tier: Tier,
  nowMs: number,
): Promise<void> {
  const keptSince = new Date(periodStart(nowMs - tier.keepMs, EXPIRY_STEP_SECONDS));
  await tx.execute(sql`
    delete from frame where stream_id in (select id from stream where connection = ${connection})
      and period_seconds = ${tier.periodSeconds} and period_start < ${keptSince.toISOString()}`);
}
