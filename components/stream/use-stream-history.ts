'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { continuesFrom, extendHistory } from '#lib/charts/extend-history.ts';
import { type StreamHistory, unpackHistory } from '#lib/charts/stream-history.ts';
import { usePause, useServerClock } from '#lib/live/live-provider.tsx';
import { useIdleTurn } from '#lib/live/use-idle-turn.ts';
import { rangeLengthMs, type TimeRange } from '#lib/time/time-range.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';

/** Other shards may have become the hottest: the history is asked for anew this often. */
const RANKING_AGE_MS = 60_000;
/** A long period that is not over is told again at most this often. */
const TAIL_EVERY_MS_MAX = 30_000;

type StreamHistoryInput = {
  readonly streamId: number;
  readonly range: TimeRange;
  /** End of the newest period that the page shows, epoch milliseconds; null where there is none. */
  readonly newestEndMs: number | null;
  /** The topology in force: with another one, other shards are the hottest. */
  readonly topologyId: number | null;
  /** Shards have figures. */
  readonly hasShardFigures: boolean;
};

export type HistoryView = {
  readonly history: StreamHistory | null;
  /** Why nothing could be read; null while it can. */
  readonly failure: string | null;
};

/**
 * The history of a range: read once, and continued with what came since as each new period comes. While the page
 * is paused it stands still.
 */
export function useStreamHistory(input: StreamHistoryInput): HistoryView {
  const { streamId, range, newestEndMs, topologyId, hasShardFigures } = input;
  const client = useTRPCClient();
  const serverNow = useServerClock();
  const paused = usePause().pausedAtMs !== null;
  const enabled = useIdleTurn();
  const lengthMs = rangeLengthMs(range);
  const key = range.kind === 'recent' ? range.range : `${range.fromMs}-${range.toMs}`;

  const whole = useQuery({
    queryKey: ['stream-history', streamId, key],
    queryFn: async ({ signal }) => {
      const toMs = range.kind === 'fixed' ? range.toMs : (newestEndMs ?? serverNow());
      const asked = { streamId, fromMs: toMs - lengthMs, toMs };
      return unpackHistory(await client.streams.history.query(asked, { signal }));
    },
    enabled,
    // Another range of the same stream: what is known of it stays while the rest is read.
    placeholderData: keepPreviousData,
    refetchInterval: paused ? false : RANKING_AGE_MS,
    structuralSharing: false,
  });
  const read = whole.data ?? null;

  const fromMs = read === null ? null : continuesFrom(read);
  const toMs = tailEndMs(range, newestEndMs, read?.periodSeconds ?? null);
  const tail = useQuery({
    queryKey: ['stream-history', streamId, key, 'tail', fromMs, toMs, read?.periodSeconds],
    queryFn: async ({ signal }) => {
      if (read === null || fromMs === null || toMs === null) return null;
      const asked = {
        streamId,
        fromMs,
        toMs,
        periodSeconds: read.periodSeconds,
        shardIds: read.hottest.map(({ shardId }) => shardId),
      };
      return unpackHistory(await client.streams.history.query(asked, { signal }));
    },
    enabled: fromMs !== null && toMs !== null && toMs > fromMs && !whole.isPlaceholderData,
    placeholderData: keepPreviousData,
    structuralSharing: false,
    gcTime: RANKING_AGE_MS,
  });
  const late = tail.data ?? null;

  const history = useMemo(
    () =>
      read === null || late === null || late.streamId !== read.streamId
        ? read
        : extendHistory(read, late, lengthMs),
    [read, late, lengthMs],
  );

  const { refetch } = whole;
  const unranked = hasShardFigures && read !== null && read.hottest.length === 0;
  // Nothing was recorded when it was read: as soon as a period is, there is a history.
  const begins = read?.periodStartMs.length === 0 ? newestEndMs : null;
  const ranking = `${streamId} ${topologyId} ${unranked} ${begins}`;
  const ranked = useRef(ranking);
  useEffect(() => {
    // Not at first: then it is being read already.
    if (ranked.current === ranking || paused) return;
    ranked.current = ranking;
    void refetch();
  }, [ranking, paused, refetch]);

  return { history, failure: whole.error === null ? null : whole.error.message };
}

/** To when a history can be continued: of long periods only now and then, as little of them changes at once. */
function tailEndMs(
  range: TimeRange,
  newestEndMs: number | null,
  periodSeconds: number | null,
): number | null {
  if (newestEndMs === null || periodSeconds === null) return null;
  if (range.kind === 'fixed' && newestEndMs >= range.toMs) return null;
  const everyMs = Math.min(TAIL_EVERY_MS_MAX, (periodSeconds * 1_000) / 30);
  const stepMs = Math.max(1_000, everyMs);
  return Math.floor(newestEndMs / stepMs) * stepMs;
}
