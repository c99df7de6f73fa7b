import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { metricsLedger } from '#server/db/schema.ts';

/** What was asked for by stream, and by UTC day of the connection as a whole. */
export type RequestedOfStream = {
  readonly connection: string;
  readonly streamId: number;
  readonly streamName: string;
  readonly metrics: number;
};

/** By stream, for the hours from `sinceMs` on, of all connections. */
export async function readRequestedByStream(
  { db }: Database,
  sinceMs: number,
): Promise<readonly RequestedOfStream[]> {
  const rows = await db
    .select({
      connection: metricsLedger.connection,
      streamId: metricsLedger.streamId,
      streamName: sql<string>`max(${metricsLedger.streamName})`,
      metrics: sql<string>`sum(${metricsLedger.metrics})`,
    })
    .from(metricsLedger)
    .where(gte(metricsLedger.hour, new Date(sinceMs)))
    .groupBy(metricsLedger.connection, metricsLedger.streamId);
  return rows.map((row) => ({ ...row, metrics: Number(row.metrics) }));
}

export type RequestedOfDay = {
  readonly connection: string;
  readonly dayStartMs: number;
  readonly metrics: number;
};

/** By connection and UTC day, oldest first. */
export async function readRequestedByDay(
  { db }: Database,
  sinceMs: number,
): Promise<readonly RequestedOfDay[]> {
  const day = sql<Date>`date_trunc('day', ${metricsLedger.hour}, 'UTC')`;
  const rows = await db
    .select({
      connection: metricsLedger.connection,
      day: sql<string>`extract(epoch from ${day})`,
      metrics: sql<string>`sum(${metricsLedger.metrics})`,
    })
    .from(metricsLedger)
    .where(gte(metricsLedger.hour, new Date(sinceMs)))
    .groupBy(metricsLedger.connection, day)
    .orderBy(asc(metricsLedger.connection), asc(day));
  return rows.map((row) => ({
    connection: row.connection,
    dayStartMs: Number(row.day) * 1000,
    metrics: Number(row.metrics),
  }));
}

/** What is older is kept no longer. */
export async function deleteOldLedger(
  tx: Pick<Database['db'], 'delete'>,
  connection: string,
  beforeMs: number,
): Promise<void> {
  await tx
    .delete(metricsLedger)
    .where(
      and(eq(metricsLedger.connection, connection), lt(metricsLedger.hour, new Date(beforeMs))),
    );
}
