import { and, eq } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { consumerTable } from '#server/db/schema.ts';

/** Says which stream a table's leases are of. @param streamId null: finds it out by itself again. @returns whether there is such a table */
export async function setTableByHand(
  { db }: Database,
  of: {
    readonly connection: string;
    readonly tableName: string;
    readonly streamId: number | null;
  },
): Promise<boolean> {
  const changed = await db
    .update(consumerTable)
    .set({ boundByHand: of.streamId })
    .where(
      and(
        eq(consumerTable.connection, of.connection),
        eq(consumerTable.tableName, of.tableName),
        eq(consumerTable.layout, 'kcl'),
      ),
    )
    .returning({ tableName: consumerTable.tableName });
  return changed.length > 0;
}
