import { sql } from 'drizzle-orm';
import type { Transaction } from '#server/db/collector-lease.ts';

/** Metrics asked for of one stream; negative where less was asked for than had been written before. */
export type LedgerEntry = {
  readonly streamId: number;
  readonly streamName: string;
  readonly metrics: number;
};

/** Adds what was asked for to the UTC hour that `atMs` lies in. */
export async function addToLedger(
  tx: Transaction,
  connection: string,
  atMs: number,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const changes = entries.filter(({ metrics }) => metrics !== 0);
  if (changes.length === 0) return;
  const hour = new Date(Math.floor(atMs / 3_600_000) * 3_600_000).toISOString();
  // One parameter however many streams: as JSON.
  await tx.execute(sql`
    insert into metrics_ledger as ledger (connection, hour, stream_id, stream_name, metrics)
    select ${connection}, ${hour}::timestamptz, entry."streamId", entry."streamName", entry.metrics
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as entry("streamId" int, "streamName" text, metrics bigint)
    on conflict (connection, hour, stream_id) do update
      set metrics = ledger.metrics + excluded.metrics`);
}
