import type { StreamDetail } from '#lib/live/stream-detail.ts';
import type { WatchTarget } from '#lib/live/watch-target.ts';
import { readConnectionState } from '#server/db/read/connection-states.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import { readGoneAtMs } from '#server/db/read/gone-streams.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { type CurrentView, currentViews, frameHead } from './current-view.ts';

/**
 * The stream that bears the name now, which topology is in force and of which period its newest figures are.
 * @throws ServiceError `not-found`
 */
export async function getStream(args: {
  ctx: Pick<ServiceContext, 'database' | 'topologies'> & {
    readonly hub: Pick<ServiceContext['hub'], 'currentByName'>;
  };
  input: WatchTarget;
}): Promise<StreamDetail> {
  const { database, topologies, hub } = args.ctx;
  const known = hub.currentByName(args.input);
  if (known !== null) return detailOf(known);
  const { connection, streamName } = args.input;
  const [serverTimeMs, current] = await Promise.all([
    readServerTimeMs(database),
    readCurrentStreamByName(database, connection, streamName),
  ]);
  if (current === null) throw await notFound(args);

  const [view] = await currentViews(database, topologies, [current], serverTimeMs);
  if (view === undefined) throw await notFound(args);
  return detailOf(view);
}

function detailOf({ row, topology, frame }: CurrentView): StreamDetail {
  return { row, topology, frame: frame === null ? null : frameHead(row.streamId, frame) };
}

async function notFound({ ctx, input }: Parameters<typeof getStream>[0]): Promise<ServiceError> {
  const { connection, streamName } = input;
  const state = await readConnectionState(ctx.database, connection);
  if (state === null) {
    return new ServiceError(
      'not-found',
      `There is no connection "${connection}". Connections are named in kinetoscope.config.yaml; the Streams page lists those that are read.`,
    );
  }
  const unreadable = state.unreadable.find(({ streams }) =>
    streams.some((stream) => stream.streamName === streamName),
  );
  if (unreadable !== undefined) {
    return new ServiceError(
      'not-found',
      `The stream "${streamName}" is listed on connection "${connection}", but it cannot be described, so nothing is known of it. ${unreadable.failure.message}`,
    );
  }
  const goneAtMs = await readGoneAtMs(ctx.database, connection, streamName);
  return new ServiceError(
    'not-found',
    goneAtMs === null
      ? `There is no stream "${streamName}" on connection "${connection}". It may be excluded by a pattern of the connection, or so new that it has not been listed yet.`
      : `The stream "${streamName}" on connection "${connection}" is gone since ${new Date(goneAtMs).toISOString()}: it was deleted, excluded, or belonged to a world that was replaced.`,
  );
}
