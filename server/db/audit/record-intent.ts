import type { Database } from '#server/db/client.ts';
import { audit } from '#server/db/schema.ts';

export type AuditIntent = Pick<typeof audit.$inferInsert, 'actor' | 'role' | 'procedure' | 'input'>;

/** Writes down that a mutation is about to run. @returns the id under which its outcome is recorded */
export async function recordIntent({ db }: Database, intent: AuditIntent): Promise<number> {
  const rows = await db.insert(audit).values(intent).returning({ id: audit.id });
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The audit did not take the intent.');
  return id;
}
