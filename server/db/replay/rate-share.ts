import { sql } from 'drizzle-orm';
import { grantShare, type RateClaim, type RateShare } from '#lib/domain/replay/emit/rate-shares.ts';
import type { Database } from '#server/db/client.ts';

/**
 * Gives a worker its part of the rates of a run anew, by the slices that all workers hold now. Under the lock of the run's
 * row, so that the parts of all are never more than one.
 * @returns 0 .. 1, good for `lifeMs` from the moment on that this was called
 */
export async function renewRateShare(
  { db }: Pick<Database, 'db'>,
  runId: number,
  worker: string,
  lifeMs: number,
): Promise<number> {
  return db.transaction(async (tx) => {
    const run = await tx.execute<{ rate_shares: readonly RateShare[]; now_ms: string }>(sql`
      select rate_shares, extract(epoch from clock_timestamp()) * 1000 as now_ms
      from replay_run where id = ${runId} for no key update`);
    const row = run.rows[0];
    if (row === undefined) return 0;
    const claims = await tx.execute<{ worker: string; slices: string }>(sql`
      select holder as worker, count(*) as slices from replay_slice
      where run_id = ${runId} and holder is not null and not is_done
        and expires_at > clock_timestamp()
      group by holder`);
    const { granted, shares } = grantShare(
      row.rate_shares,
      claims.rows.map((claim): RateClaim => ({ ...claim, slices: Number(claim.slices) })),
      worker,
      Number(row.now_ms),
      lifeMs,
    );
    await tx.execute(
      sql`update replay_run set rate_shares = ${JSON.stringify(shares)}::jsonb where id = ${runId}`,
    );
    return granted.part;
  });
}
