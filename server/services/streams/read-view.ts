import type { Frame } from '#lib/domain/frame.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import { readCurrentStreamsById } from '#server/db/read/current-streams.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { readPastViews } from './past-views.ts';
import type { TopologyShape } from './topology-shape.ts';

/** Which figures of a stream are asked for. */
export type ViewInput = {
  readonly streamId: number;
  /** A past period; null for the newest. */
  readonly at: PeriodAt | null;
  /** Start of the newest period that the asker has heard of; null where it has heard of none. */
  readonly heardMs: number | null;
};

export type ViewContext = Pick<ServiceContext, 'database' | 'topologies'> & {
  readonly hub: Pick<ServiceContext['hub'], 'current'>;
};

/** The shards of a stream and what they did; `frame` is of the topology of `shape`. */
export type StreamView = { readonly shape: TopologyShape; readonly frame: Frame | null };

/**
 * From the memory of the live hub where it is as new as what the asker has heard, else from the database.
 * @throws ServiceError `not-found` where the stream is gone or none of its shards has been listed yet
 */
export async function readView(args: { ctx: ViewContext; input: ViewInput }): Promise<StreamView> {
  const { ctx, input } = args;
  const { streamId, at, heardMs } = input;
  if (at !== null) {
    const { periodStartMs: fromMs, periodSeconds } = at;
    const toMs = fromMs + periodSeconds * 1_000;
    const [past] = await readPastViews(ctx, { streamId, periodSeconds, fromMs, toMs });
    if (past !== undefined) return past;
  }
  const live = ctx.hub.current(streamId);
  if (
    live?.shape != null &&
    at === null &&
    (heardMs === null || (live.frame !== null && live.frame.periodStartMs >= heardMs))
  ) {
    return { shape: live.shape, frame: live.frame };
  }
  const [current] = await readCurrentStreamsById(ctx.database, [streamId]);
  const topologyId = current?.stream.topologyId ?? null;
  const shape = topologyId === null ? undefined : await readShape(ctx, topologyId);
  if (current === undefined || shape === undefined) {
    throw new ServiceError(
      'not-found',
      current === undefined
        ? 'This stream is gone: it was deleted, excluded, or belonged to a world that was replaced.'
        : 'No shards of this stream have been listed yet. They come with the first answer of ListShards.',
    );
  }
  // Nothing is stored of that time: the shards are shown as they are, and nothing is said of what they did.
  const frame = at === null && current.frame?.topologyId === topologyId ? current.frame : null;
  return { shape, frame };
}

async function readShape(ctx: ViewContext, topologyId: number): Promise<TopologyShape | undefined> {
  return (await ctx.topologies.get(ctx.database, [topologyId])).get(topologyId);
}
