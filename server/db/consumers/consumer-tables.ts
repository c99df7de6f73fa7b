import { and, eq, inArray, sql } from 'drizzle-orm';
import type { TableLayout } from '#lib/domain/consumers/classify-table.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { consumerTable, type FailureColumn, type TableBindingColumn } from '#server/db/schema.ts';

export type DescribedTable = {
  readonly tableName: string;
  readonly layout: TableLayout;
  readonly createdAtMs: number | null;
  readonly readCapacity: number | null;
  readonly itemCount: number | null;
};

/** Writes what DescribeTable told; what was found out of their rows stays. */
export async function upsertConsumerTables(
  tx: Transaction,
  connection: string,
  tables: readonly DescribedTable[],
): Promise<void> {
  if (tables.length === 0) return;
  const checkedAt = sql`clock_timestamp()`;
  await tx
    .insert(consumerTable)
    .values(tables.map((table) => ({ connection, ...table, checkedAt })))
    .onConflictDoUpdate({
      target: [consumerTable.connection, consumerTable.tableName],
      set: {
        layout: sql`excluded.layout`,
        createdAtMs: sql`excluded.created_at_ms`,
        readCapacity: sql`excluded.read_capacity`,
        itemCount: sql`excluded.item_count`,
        checkedAt,
      },
    });
}

/** They are no longer listed. */
export async function deleteConsumerTables(
  tx: Transaction,
  connection: string,
  tableNames: readonly string[],
): Promise<void> {
  if (tableNames.length === 0) return;
  await tx
    .delete(consumerTable)
    .where(
      and(
        eq(consumerTable.connection, connection),
        inArray(consumerTable.tableName, [...tableNames]),
      ),
    );
}

/** What a whole reading of a table's rows found, and what it took. */
export type TableScan = {
  readonly binding: TableBindingColumn;
  readonly units: number | null;
  readonly seconds: number;
};

export async function setTableScan(
  tx: Transaction,
  connection: string,
  tableName: string,
  scan: TableScan,
): Promise<void> {
  await tx
    .update(consumerTable)
    .set({
      binding: scan.binding,
      scanUnits: scan.units,
      scanSeconds: scan.seconds,
      scannedAt: sql`clock_timestamp()`,
      failure: null,
    })
    .where(sameTable(connection, tableName));
}

/** @param failure null: it goes well again */
export async function setTableFailure(
  tx: Transaction,
  connection: string,
  tableName: string,
  failure: FailureColumn | null,
): Promise<void> {
  await tx.update(consumerTable).set({ failure }).where(sameTable(connection, tableName));
}

const sameTable = (connection: string, tableName: string) =>
  and(eq(consumerTable.connection, connection), eq(consumerTable.tableName, tableName));
