import { setImmediate } from 'node:timers/promises';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { RingMap } from '#lib/live/ring-map.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { readPastViews } from './past-views.ts';
import { ringMap } from './ring-map.ts';

/**
 * The maps of consecutive past periods, oldest first, for playing them: periods of which nothing is stored are
 * left out. A map has its geometry where that of the one before it is of another topology.
 */
export async function listPastRings(args: {
  ctx: Pick<ServiceContext, 'database' | 'topologies'>;
  input: {
    readonly streamId: number;
    readonly periodSeconds: number;
    readonly fromMs: number;
    readonly count: number;
    readonly window: RingWindow;
  };
}): Promise<readonly RingMap[]> {
  const { ctx, input } = args;
  const { streamId, periodSeconds, fromMs, count, window } = input;
  const toMs = fromMs + count * periodSeconds * 1_000;
  const maps: RingMap[] = [];
  for (const view of await readPastViews(ctx, { streamId, periodSeconds, fromMs, toMs })) {
    maps.push(ringMap(streamId, view, window, maps.at(-1)?.topologyId ?? null));
    // A map of 10,000 shards takes milliseconds: others who ask must not wait for all of them.
    await setImmediate();
  }
  return maps;
}
