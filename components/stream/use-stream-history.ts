'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type HeldHistory, holdHistory, NOTHING_HELD } from '#lib/charts/held-history.ts';
import type { Frame } from '#lib/domain/frame.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import type { StreamHistory, TopologyView } from '#lib/live/stream-detail.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';

/** Other shards may have become the hottest: the history is asked for anew this often. */
const RANKING_AGE_MS = 60_000;

type StreamHistoryInput = {
  readonly streamId: number;
  readonly topology: TopologyView | null;
  readonly frame: Frame | null;
  readonly windowMs: number;
};

/**
 * The history of the window, with each live frame appended as it comes. Read again where periods were
 * missed, and as often as a coarse period lasts.
 */
export function useStreamHistory({ streamId, topology, frame, windowMs }: StreamHistoryInput): {
  history: StreamHistory | null;
  failure: string | null;
} {
  const client = useTRPCClient();
  const serverNow = useServerClock();
  const newestEndMs = frame === null ? null : frame.periodStartMs + frame.periodSeconds * 1_000;
  const query = useQuery({
    queryKey: ['stream-history', streamId, windowMs],
    queryFn: ({ signal }) => {
      const toMs = newestEndMs ?? serverNow();
      const input = { streamId, fromMs: toMs - windowMs, toMs };
      return client.streams.history.query(input, { signal });
    },
    // Another range of the same stream: what is known of it stays while the rest is read.
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data !== undefined && frame !== null && state.data.periodSeconds > frame.periodSeconds
        ? state.data.periodSeconds * 1_000
        : RANKING_AGE_MS,
  });

  const read = query.data ?? null;
  const [before, setHeld] = useState<HeldHistory>(NOTHING_HELD);
  const held = holdHistory(before, read, frame, topology, windowMs);
  if (held !== before) setHeld(held);

  const { refetch } = query;
  const { gapAtMs } = held;
  useEffect(() => {
    if (gapAtMs !== null) void refetch();
  }, [gapAtMs, refetch]);

  return { history: held.history, failure: query.error === null ? null : query.error.message };
}
