import { sql } from 'drizzle-orm';
import type { ApplicationSource } from '#lib/domain/consumers/application-source.ts';
import { nameOfSource } from '#lib/domain/consumers/application-source.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import { application } from '#server/db/schema.ts';

/**
 * Writes that an application reads a stream, or what is new of it.
 * @returns its id: the same for the same kind and name on the same stream
 */
export async function upsertApplication(
  tx: Transaction,
  connection: string,
  streamId: number,
  source: ApplicationSource,
  cadenceSeconds: number,
): Promise<number> {
  const rows = await tx
    .insert(application)
    .values({
      connection,
      streamId,
      kind: source.kind,
      name: nameOfSource(source),
      source,
      discoveredAt: sql`clock_timestamp()`,
      cadenceSeconds,
    })
    .onConflictDoUpdate({
      target: [application.streamId, application.kind, application.name],
      set: { source, cadenceSeconds, goneAt: null },
    })
    .returning({ id: application.id });
  const id = rows[0]?.id;
  if (id === undefined) {
    throw new Error(`PostgreSQL returned no id for application ${nameOfSource(source)}`);
  }
  await notify(tx, { kind: 'consumers', streamId });
  return id;
}
