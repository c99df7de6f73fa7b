'use client';

import { useQuery } from '@tanstack/react-query';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import type { LineageMap } from './lineage-map.ts';

/** A span that moves on with time is asked for this much ahead, and again when that is used up. */
const AHEAD_MS = 60_000;

/**
 * The shards of a stream over time, read again when the topology changes. While another one is read, the last one
 * stands: it says itself of which window and time it is.
 * @param topologyId the topology in force; null until shards have been listed
 * @param span `fromMs` null for all that is known
 */
export function useLineageMap(args: {
  readonly streamId: number;
  readonly topologyId: number | null;
  readonly window: RingWindow;
  readonly span: { readonly fromMs: number | null; readonly toMs: number };
}): { readonly map: LineageMap | null; readonly failure: string | null } {
  const { streamId, topologyId, window, span } = args;
  const client = useTRPCClient();
  const fromMs =
    span.fromMs === null ? null : Math.max(0, Math.floor(span.fromMs / AHEAD_MS) * AHEAD_MS);
  const toMs = Math.ceil(span.toMs / AHEAD_MS + 1) * AHEAD_MS;
  const query = useQuery({
    queryKey: ['lineage', streamId, topologyId, window.from, window.to, fromMs, toMs],
    queryFn: ({ signal }) =>
      client.lineage.map.query({ streamId, window, fromMs, toMs }, { signal }),
    enabled: topologyId !== null,
    placeholderData: (previous) => (previous?.streamId === streamId ? previous : undefined),
    gcTime: AHEAD_MS,
  });
  return { map: query.data ?? null, failure: query.error?.message ?? null };
}
