import type { Transaction } from '#server/db/collector-lease.ts';
import { replayQuarantine } from './schema.ts';

export type NewQuarantine = Omit<typeof replayQuarantine.$inferInsert, 'id' | 'runId' | 'at'>;

/** Rows in one INSERT; PostgreSQL takes at most 65,535 parameters. */
const ROWS_PER_INSERT = 1_000;

/** Puts units into quarantine, in the transaction that settles them: so each is there once. */
export async function insertQuarantine(
  tx: Transaction,
  runId: number,
  units: readonly NewQuarantine[],
): Promise<void> {
  for (let at = 0; at < units.length; at += ROWS_PER_INSERT) {
    const rows = units.slice(at, at + ROWS_PER_INSERT).map((unit) => ({ ...unit, runId }));
    await tx.insert(replayQuarantine).values(rows);
  }
}
