import { and, eq, gte, lt, max, min } from 'drizzle-orm';
import { type LagColumns, unpackLagColumns } from '#lib/domain/consumers/lag-frame.ts';
import type { Database } from '#server/db/client.ts';
import type { StoredTier } from '#server/db/read/history-tiers.ts';
import { lagFrame } from '#server/db/schema.ts';
import { unpackBytes } from './pack-health.ts';

export type StoredLagColumns = { readonly periodStartMs: number; readonly columns: LagColumns };

/** Lag of an application in the periods that begin at `fromMs` or later and before `toMs`, oldest first. */
export async function readLagColumns(
  { db }: Database,
  of: {
    readonly applicationId: number;
    readonly periodSeconds: number;
    readonly fromMs: number;
    readonly toMs: number;
  },
): Promise<readonly StoredLagColumns[]> {
  const rows = await db
    .select({ periodStart: lagFrame.periodStart, body: lagFrame.body })
    .from(lagFrame)
    .where(
      and(
        eq(lagFrame.applicationId, of.applicationId),
        eq(lagFrame.periodSeconds, of.periodSeconds),
        gte(lagFrame.periodStart, new Date(of.fromMs)),
        lt(lagFrame.periodStart, new Date(of.toMs)),
      ),
    )
    .orderBy(lagFrame.periodStart);
  return Promise.all(
    rows.map(async ({ periodStart, body }) => ({
      periodStartMs: periodStart.getTime(),
      columns: unpackLagColumns(await unpackBytes(body)),
    })),
  );
}

/** Which lengths of period are recorded of an application, and how far back; finest first. */
export async function readLagTiers(
  { db }: Database,
  applicationId: number,
): Promise<readonly StoredTier[]> {
  const rows = await db
    .select({
      periodSeconds: lagFrame.periodSeconds,
      oldest: min(lagFrame.periodStart),
      newest: max(lagFrame.periodStart),
    })
    .from(lagFrame)
    .where(eq(lagFrame.applicationId, applicationId))
    .groupBy(lagFrame.periodSeconds)
    .orderBy(lagFrame.periodSeconds);
  return rows.flatMap(({ periodSeconds, oldest, newest }) =>
    oldest === null || newest === null
      ? []
      : [{ periodSeconds, oldestStartMs: oldest.getTime(), newestStartMs: newest.getTime() }],
  );
}
