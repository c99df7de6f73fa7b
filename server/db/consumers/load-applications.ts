import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { application, applicationState, type FailureColumn, stream } from '#server/db/schema.ts';

export type StoredApplication = {
  readonly applicationId: number;
  readonly streamId: number;
  readonly kind: (typeof application.$inferSelect)['kind'];
  readonly name: string;
  readonly source: (typeof application.$inferSelect)['source'];
  readonly failure: FailureColumn | null;
  /** As `packTrack` of lib/domain/consumers made it, deflated; null: never observed, or without leases. */
  readonly track: Buffer | null;
  /** As `packHealth` made it; null: never judged. */
  readonly health: Buffer | null;
};

/** What a collector remembers of the applications of a connection's present streams when it begins. */
export function loadApplications(
  { db }: Database,
  connection: string,
): Promise<readonly StoredApplication[]> {
  return db
    .select({
      applicationId: application.id,
      streamId: application.streamId,
      kind: application.kind,
      name: application.name,
      source: application.source,
      failure: application.failure,
      track: applicationState.track,
      health: applicationState.health,
    })
    .from(application)
    .innerJoin(stream, eq(stream.id, application.streamId))
    .leftJoin(applicationState, eq(applicationState.applicationId, application.id))
    .where(
      and(
        eq(application.connection, connection),
        isNull(application.goneAt),
        isNull(stream.goneAt),
      ),
    );
}
