import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { apiUse } from '#server/db/schema.ts';

/** Adds calls to the present minute of the database's clock. */
export async function addApiUse(
  { db }: Pick<Database, 'db'>,
  connection: string,
  calls: ReadonlyMap<string, number>,
): Promise<void> {
  const values = [...calls].filter(([, count]) => count > 0);
  if (values.length === 0) return;
  await db
    .insert(apiUse)
    .values(
      values.map(([api, count]) => ({
        connection,
        minute: sql`date_trunc('minute', clock_timestamp())`,
        api,
        calls: count,
      })),
    )
    .onConflictDoUpdate({
      target: [apiUse.connection, apiUse.minute, apiUse.api],
      set: { calls: sql`${apiUse.calls} + excluded.calls` },
    });
}

export type CallsOfApi = {
  readonly connection: string;
  readonly api: string;
  /** In the last whole minute of the database's clock. */
  readonly lastMinute: number;
  /** In the last 24 hours, as far as they were observed. */
  readonly lastDay: number;
};

export async function readApiUse({ db }: Database): Promise<readonly CallsOfApi[]> {
  const thisMinute = sql`date_trunc('minute', clock_timestamp())`;
  const rows = await db
    .select({
      connection: apiUse.connection,
      api: apiUse.api,
      lastMinute: sql<string>`coalesce(sum(${apiUse.calls}) filter (
        where ${apiUse.minute} = ${thisMinute} - interval '1 minute'), 0)`,
      lastDay: sql<string>`sum(${apiUse.calls})`,
    })
    .from(apiUse)
    .where(gte(apiUse.minute, sql`clock_timestamp() - interval '24 hours'`))
    .groupBy(apiUse.connection, apiUse.api)
    .orderBy(apiUse.connection, apiUse.api);
  return rows.map((row) => ({
    connection: row.connection,
    api: row.api,
    lastMinute: Number(row.lastMinute),
    lastDay: Number(row.lastDay),
  }));
}

/** Only the last day is ever shown. */
export async function deleteOldApiUse(
  tx: Pick<Database['db'], 'delete'>,
  connection: string,
): Promise<void> {
  await tx
    .delete(apiUse)
    .where(
      and(
        eq(apiUse.connection, connection),
        lt(apiUse.minute, sql`clock_timestamp() - interval '25 hours'`),
      ),
    );
}
