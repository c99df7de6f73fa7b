import type { Frame } from '#lib/domain/frame.ts';
import { joinFrames } from '#lib/domain/join-topologies.ts';
import { readFramesBetween } from '#server/db/read/frames-between.ts';
import type { HistoryWindow } from '#server/db/read/history-frames.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { openShardIds } from './open-shard-ids.ts';
import type { TopologyShape } from './topology-shape.ts';

/** A past period of which something is stored, in the topology that was in force at its end. */
export type PastView = { readonly shape: TopologyShape; readonly frame: Frame };

/** Those of the window, oldest first, one a period: figures from before and after a change of topology together. */
export async function readPastViews(
  ctx: Pick<ServiceContext, 'database' | 'topologies'>,
  window: HistoryWindow,
): Promise<readonly PastView[]> {
  const stored = await readFramesBetween(ctx.database, window);
  const shapes = await ctx.topologies.get(
    ctx.database,
    stored.map((frame) => frame.topologyId),
  );
  const idsOf = openShardIds(shapes);
  // The expiry of an old topology may have come between the two readings: its frames are gone with it.
  const present = stored.filter((frame) => shapes.has(frame.topologyId));
  const views: PastView[] = [];
  for (const [first, ...others] of Map.groupBy(present, (one) => one.periodStartMs).values()) {
    if (first === undefined) continue;
    const frame = joinFrames([first, ...others], idsOf);
    const shape = shapes.get(frame.topologyId);
    if (shape !== undefined) views.push({ shape, frame });
  }
  return views;
}
