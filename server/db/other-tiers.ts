import { and, eq, sql } from 'drizzle-orm';
import type { Tier } from '#lib/domain/roll-up.ts';
import type { Database } from './client.ts';
import type { Transaction } from './collector-lease.ts';
import { notify } from './notification.ts';
import { frame } from './schema.ts';

/** Frames of a stream by a length of period that is kept no more: of a former configuration. */
export type OtherTier = { readonly streamId: number; readonly periodSeconds: number };

export async function findOtherTiers(
  { db }: Database,
  connection: string,
  tiers: readonly Tier[],
): Promise<readonly OtherTier[]> {
  const kept = JSON.stringify(tiers.map((tier) => tier.periodSeconds));
  // Hops from one length to the next along the primary key: a plain DISTINCT would read every frame.
  const { rows } = await db.execute<{ stream_id: number; seconds: number }>(sql`
    with recursive tier (stream_id, seconds) as (
      select id, (select min(period_seconds) from frame where stream_id = stream.id)
      from stream where connection = ${connection}
      union all
      select stream_id, (
        select min(period_seconds) from frame
        where frame.stream_id = tier.stream_id and period_seconds > tier.seconds
      ) from tier where seconds is not null
    )
    select stream_id, seconds from tier
    where seconds is not null and not (to_jsonb(seconds) <@ ${kept}::jsonb)`);
  return rows.map((row) => ({ streamId: row.stream_id, periodSeconds: row.seconds }));
}

/** Nothing renews them: a finer one would be taken for the present for ever. */
export async function deleteOtherTier(
  tx: Transaction,
  { streamId, periodSeconds }: OtherTier,
): Promise<void> {
  await tx
    .delete(frame)
    .where(and(eq(frame.streamId, streamId), eq(frame.periodSeconds, periodSeconds)));
  await notify(tx, { kind: 'stream', streamId });
}
