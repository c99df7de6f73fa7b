import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { RingMap } from '#lib/live/ring-map.ts';
import { readView, type ViewContext, type ViewInput } from './read-view.ts';
import { ringMap } from './ring-map.ts';

/** The shards of a stream within a window of the ring, folded to what can be drawn. */
export async function getRingMap(args: {
  ctx: ViewContext;
  input: ViewInput & { readonly window: RingWindow; readonly knownTopologyId: number | null };
}): Promise<RingMap> {
  const { streamId, window, knownTopologyId } = args.input;
  return ringMap(streamId, await readView(args), window, knownTopologyId);
}
