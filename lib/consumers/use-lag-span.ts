'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { rangeLengthMs, type TimeRange } from '#lib/time/time-range.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import { type HeatMap, unpackHeatMap } from './heat-map.ts';
import { type LagHistory, unpackLagHistory } from './lag-history.ts';
import { useNews } from './use-news.ts';

/** A history of many shards takes some 200 kB: what a reading adds to it is worth them this often at most. */
const EVERY_MS = 10_000;

type Span = { readonly fromMs: number; readonly toMs: number };
export type LagSpan = {
  readonly span: Span;
  readonly history: LagHistory;
  /** null for kinds without leases. */
  readonly heat: HeatMap | null;
};

/**
 * How the lag of an application went within a range, over its shards and as a whole; read again with each news of it.
 * While another range is read, the last one stands.
 */
export function useLagSpan(args: {
  readonly applicationId: number;
  readonly range: TimeRange;
  readonly withShards: boolean;
  readonly news: number | null;
}): { readonly lag: LagSpan | null; readonly failure: string | null } {
  const { applicationId, range, withShards, news } = args;
  const client = useTRPCClient();
  const serverNow = useServerClock();
  const key = range.kind === 'recent' ? range.range : `${range.fromMs}-${range.toMs}`;
  const query = useQuery({
    queryKey: ['lag-span', applicationId, key],
    queryFn: async ({ signal }): Promise<LagSpan> => {
      const toMs = Math.floor(range.kind === 'fixed' ? range.toMs : serverNow());
      const asked = { applicationId, fromMs: toMs - rangeLengthMs(range), toMs };
      const [history, heat] = await Promise.all([
        client.consumers.lag.query(asked, { signal }),
        withShards ? client.consumers.heat.query(asked, { signal }) : null,
      ]);
      return {
        span: asked,
        history: unpackLagHistory(history),
        heat: heat === null ? null : unpackHeatMap(heat),
      };
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
  useNews(
    range.kind === 'fixed' || news === null ? null : Math.floor(news / EVERY_MS),
    query.refetch,
  );
  return { lag: query.data ?? null, failure: query.error?.message ?? null };
}
