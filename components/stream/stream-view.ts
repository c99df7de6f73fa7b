'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';

const SCOPES = ['shards', 'stream'] as const;
export type ChartScope = (typeof SCOPES)[number];

const parsers = {
  shard: parseAsString,
  /** null: what the stream's metrics can fill. */
  scope: parseAsStringLiteral(SCOPES),
};

/**
 * What of a stream is looked at: in the URL, so that a view can be sent to a colleague.
 * @param shardMetricsOn without them charts begin with the whole stream, as there is nothing else to show
 */
export function useStreamView(shardMetricsOn: boolean) {
  const [{ shard, scope }, set] = useQueryStates(parsers, { history: 'replace' });
  const selectShard = useCallback((shardId: string | null) => void set({ shard: shardId }), [set]);
  const setScope = useCallback((next: ChartScope) => void set({ scope: next }), [set]);
  return {
    selectedShardId: shard,
    selectShard,
    scope: scope ?? (shardMetricsOn ? 'shards' : 'stream'),
    setScope,
  } as const;
}
