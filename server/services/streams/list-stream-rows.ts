import type { StreamsSnapshot } from '#lib/live/streams-snapshot.ts';
import { readConnectionStates } from '#server/db/read/connection-states.ts';
import { readCurrentStreams } from '#server/db/read/current-streams.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { connectionStateOf } from './connection-state.ts';
import { currentViews } from './current-view.ts';

/**
 * All streams that are there now, with the figures of their newest period: from the memory of the live hub where
 * that is of now, else from the database.
 */
export async function listStreamRows({
  ctx,
}: {
  ctx: Pick<ServiceContext, 'database' | 'topologies'> & {
    readonly hub: Pick<ServiceContext['hub'], 'currentRows'>;
  };
}): Promise<StreamsSnapshot> {
  const known = ctx.hub.currentRows();
  // The time is asked for all the same: a page must not look fresh while the store is away.
  if (known !== null) return { serverTimeMs: await readServerTimeMs(ctx.database), ...known };
  const [serverTimeMs, connections, streams] = await Promise.all([
    readServerTimeMs(ctx.database),
    readConnectionStates(ctx.database),
    readCurrentStreams(ctx.database),
  ]);
  const views = await currentViews(ctx.database, ctx.topologies, streams, serverTimeMs);
  return {
    serverTimeMs,
    revision: null,
    connections: connections.map(connectionStateOf),
    rows: views.map((view) => view.row),
  };
}
