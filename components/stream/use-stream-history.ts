'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { appendFrame, continues } from '#lib/charts/history-window.ts';
import type { Frame } from '#lib/domain/frame.ts';
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
  const newestEndMs = frame === null ? null : frame.periodStartMs + frame.periodSeconds * 1_000;
  const query = useQuery({
    queryKey: ['stream-history', streamId, windowMs],
    queryFn: ({ signal }) => {
      const toMs = newestEndMs ?? Date.now();
      const input = { streamId, fromMs: toMs - windowMs, toMs };
      return client.streams.history.query(input, { signal });
    },
    refetchInterval: ({ state }) =>
      state.data !== undefined && frame !== null && state.data.periodSeconds > frame.periodSeconds
        ? state.data.periodSeconds * 1_000
        : RANKING_AGE_MS,
  });

  const read = query.data ?? null;
  const openShardIds = useMemo(() => topology?.open.map((s) => s.shardId) ?? [], [topology]);
  const [held, setHeld] = useState<Held>(NOTHING_HELD);
  let { history } = held;
  if (held.read !== read || held.frame !== frame) {
    const base = held.read === read ? held.history : read;
    const fits = base !== null && frame !== null && frame.topologyId === topology?.topologyId;
    history = fits ? appendFrame(base, frame, openShardIds, windowMs) : base;
    const missed = fits && !continues(base, frame);
    setHeld({ read, frame, history, gapAtMs: missed ? frame.periodStartMs : held.gapAtMs });
  }

  const { refetch } = query;
  const { gapAtMs } = held;
  useEffect(() => {
    if (gapAtMs !== null) void refetch();
  }, [gapAtMs, refetch]);

  return { history, failure: query.error === null ? null : query.error.message };
}

type Held = {
  readonly read: StreamHistory | null;
  readonly frame: Frame | null;
  readonly history: StreamHistory | null;
  /**
   * The last period before which others were missed: each asks for the history anew, and once, as what nobody
   * collected stays a gap.
   */
  readonly gapAtMs: number | null;
};

const NOTHING_HELD: Held = { read: null, frame: null, history: null, gapAtMs: null };
