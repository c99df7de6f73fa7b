import type { ApplicationEventPage } from '#lib/consumers/application-event.ts';
import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';
import {
  readApplicationEvents,
  type StoredApplicationEvent,
} from '#server/db/consumers/read-application-events.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** What happened to an application, newest first. */
export async function listApplicationEvents(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: {
    readonly applicationId: number;
    readonly beforeId: number | null;
    readonly limit: number;
  };
}): Promise<ApplicationEventPage> {
  const { limit } = args.input;
  // One more than is shown tells whether there are more.
  const rows = await readApplicationEvents(args.ctx.database, { ...args.input, limit: limit + 1 });
  return {
    events: rows.slice(0, limit).map((row) => ({ id: row.id, event: eventOf(row) })),
    hasMore: rows.length > limit,
  };
}

/** Its kind and detail are those of one event, as the collector took it apart. */
function eventOf({ at, shardId, kind, detail }: StoredApplicationEvent): ConsumerEvent {
  return { ...detail, kind, shardId, atMs: at.getTime() } as ConsumerEvent;
}
