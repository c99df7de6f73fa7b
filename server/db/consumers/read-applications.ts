import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { ConsumerKind } from '#lib/domain/consumers/application.ts';
import type { Database } from '#server/db/client.ts';
import { application, applicationState, stream } from '#server/db/schema.ts';

/** An application with what was last found out about it, without its leases one by one. */
export type StoredApplication = {
  readonly application: typeof application.$inferSelect;
  readonly stream: Pick<typeof stream.$inferSelect, 'name' | 'arn' | 'retentionHours'>;
  readonly state: Pick<
    typeof applicationState.$inferSelect,
    'observedAt' | 'changedAt' | 'summary'
  > | null;
};

/** Which applications: of a stream, or of all. Those that are gone are left out. */
export function readApplications(
  database: Database,
  of: { readonly streamId: number } | null,
): Promise<readonly StoredApplication[]> {
  return read(
    database,
    and(
      isNull(application.goneAt),
      of === null ? undefined : eq(application.streamId, of.streamId),
    ),
  );
}

/** One by its id, also where it is gone. */
export async function readApplication(
  database: Database,
  applicationId: number,
): Promise<StoredApplication | null> {
  const [found] = await read(database, eq(application.id, applicationId));
  return found ?? null;
}

/** One by what people call it, also where it is gone. */
export async function readApplicationByName(
  database: Database,
  of: { readonly streamId: number; readonly kind: ConsumerKind; readonly name: string },
): Promise<StoredApplication | null> {
  const { streamId, kind, name } = of;
  const [found] = await read(
    database,
    and(eq(application.streamId, streamId), eq(application.kind, kind), eq(application.name, name)),
  );
  return found ?? null;
}

async function read(
  { db }: Database,
  condition: SQL | undefined,
): Promise<readonly StoredApplication[]> {
  return db
    .select({
      application,
      stream: { name: stream.name, arn: stream.arn, retentionHours: stream.retentionHours },
      state: {
        observedAt: applicationState.observedAt,
        changedAt: applicationState.changedAt,
        summary: applicationState.summary,
      },
    })
    .from(application)
    .innerJoin(stream, and(eq(stream.id, application.streamId), isNull(stream.goneAt)))
    .leftJoin(applicationState, eq(applicationState.applicationId, application.id))
    .where(condition)
    .orderBy(application.connection, stream.name, application.kind, application.name);
}
