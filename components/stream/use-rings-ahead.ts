'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import {
  joinGeometry,
  ringQueryKey,
  type WholeRingMap,
  windowKey,
} from '#lib/live/use-ring-map.ts';
import { CHUNK_PERIODS, chunkStart, chunksAhead } from '#lib/time/replay.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';

/**
 * Has the maps around a past period and after it at hand, two dozen in one answer: playing shows each as soon as it
 * is due. They are put where the strip looks for the map of a period.
 * @returns whether the map of a period need not be waited for: it is here, or cannot be had
 */
export function useRingsAhead(args: {
  readonly pulse: Pulse;
  /** null while the present is shown. */
  readonly at: PeriodAt | null;
  readonly window: RingWindow;
}): (at: PeriodAt) => boolean {
  const { pulse, at, window } = args;
  const { streamId } = pulse;
  const client = useTRPCClient();
  const queries = useQueryClient();
  const keyOf = useCallback(
    (periodSeconds: number, fromMs: number) => [
      'rings',
      streamId,
      periodSeconds,
      fromMs,
      windowKey(window),
    ],
    [streamId, window],
  );

  useEffect(() => {
    if (at === null) return;
    const { periodStartMs, periodSeconds } = at;
    for (const fromMs of chunksAhead(periodStartMs, periodSeconds)) {
      void queries.prefetchQuery({
        queryKey: keyOf(periodSeconds, fromMs),
        queryFn: async ({ signal }) => {
          const asked = { streamId, periodSeconds, fromMs, count: CHUNK_PERIODS, window };
          const maps = await client.past.rings.query(asked, { signal });
          let before: WholeRingMap | undefined;
          for (const map of maps) {
            before = joinGeometry(map, before);
            if (map.period !== null) {
              queries.setQueryData(ringQueryKey(pastPulse(streamId), map.period, window), before);
            }
          }
          return maps.length;
        },
      });
    }
  }, [at, streamId, window, queries, client, keyOf]);

  return useCallback(
    ({ periodStartMs, periodSeconds }: PeriodAt) => {
      const key = keyOf(periodSeconds, chunkStart(periodStartMs, periodSeconds));
      const state = queries.getQueryState(key);
      // What cannot be read must not hold the rest up: the strip says what is the matter.
      return state?.status === 'success' || state?.status === 'error';
    },
    [keyOf, queries],
  );
}

/** What is kept of a past period does not depend on what is newest. */
function pastPulse(streamId: number): Pulse {
  return { streamId, topologyId: null, periodStartMs: null, collectedAtMs: null };
}
