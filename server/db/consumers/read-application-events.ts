import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { applicationEvent } from '#server/db/schema.ts';

export type StoredApplicationEvent = typeof applicationEvent.$inferSelect;

/** What happened to an application, newest first. @param beforeId only what was written before this one; null: all */
export function readApplicationEvents(
  { db }: Database,
  of: {
    readonly applicationId: number;
    readonly beforeId: number | null;
    readonly limit: number;
  },
): Promise<StoredApplicationEvent[]> {
  return db
    .select()
    .from(applicationEvent)
    .where(
      and(
        eq(applicationEvent.applicationId, of.applicationId),
        of.beforeId === null ? undefined : lt(applicationEvent.id, of.beforeId),
      ),
    )
    .orderBy(desc(applicationEvent.id))
    .limit(of.limit);
}
