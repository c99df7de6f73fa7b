'use client';

import { useQuery } from '@tanstack/react-query';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import { type ConsumerRows, unpackConsumerRows } from './consumer-rows.ts';
import { useNews } from './use-news.ts';

const KEPT_MS = 10_000;

/**
 * The applications of a stream over a window of its ring, read again with each news of them and with each topology.
 * While another window is read, the last one stands: it says itself of which window it is.
 */
export function useConsumerRows(args: {
  readonly streamId: number;
  readonly topologyId: number | null;
  readonly window: RingWindow;
  readonly news: number | null;
}): { readonly rows: ConsumerRows | null; readonly failure: string | null } {
  const { streamId, topologyId, window, news } = args;
  const client = useTRPCClient();
  const query = useQuery({
    queryKey: ['consumer-rows', streamId, topologyId, window.from, window.to],
    queryFn: async ({ signal }) =>
      unpackConsumerRows(await client.consumers.rows.query({ streamId, window }, { signal })),
    enabled: topologyId !== null,
    placeholderData: (previous) => (previous?.streamId === streamId ? previous : undefined),
    gcTime: KEPT_MS,
    structuralSharing: false,
  });
  useNews(news, query.refetch);
  return { rows: query.data ?? null, failure: query.error?.message ?? null };
}
