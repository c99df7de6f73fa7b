import { eq, sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { audit } from '#server/db/schema.ts';

export type AuditOutcome =
  | { readonly outcome: 'ok' }
  | { readonly outcome: 'error'; readonly error: string };

/** Completes the row that `recordIntent` made. */
export async function recordOutcome(
  { db }: Database,
  id: number,
  outcome: AuditOutcome,
): Promise<void> {
  await db
    .update(audit)
    .set({
      outcome: outcome.outcome,
      error: outcome.outcome === 'error' ? outcome.error : null,
      finishedAt: sql`now()`,
    })
    .where(eq(audit.id, id));
}
