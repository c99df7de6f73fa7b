'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';

const RANGES = ['15m', '30m', '3h'] as const;
export type ChartRange = (typeof RANGES)[number];

const MINUTE_MS = 60_000;
export const RANGE_MS: { readonly [R in ChartRange]: number } = {
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '3h': 180 * MINUTE_MS,
};
export const RANGE_NAMES: readonly { readonly value: ChartRange; readonly label: string }[] = [
  { value: '15m', label: '15 min' },
  { value: '30m', label: '30 min' },
  { value: '3h', label: '3 h' },
];

const SCOPES = ['shards', 'stream'] as const;
export type ChartScope = (typeof SCOPES)[number];

const parsers = {
  shard: parseAsString,
  range: parseAsStringLiteral(RANGES).withDefault('15m'),
  /** null: what the stream's metrics can fill. */
  scope: parseAsStringLiteral(SCOPES),
};

/**
 * What of a stream is looked at: in the URL, so that a view can be sent to a colleague.
 * @param shardMetricsOn without them charts begin with the whole stream, as there is nothing else to show
 */
export function useStreamView(shardMetricsOn: boolean) {
  const [{ shard, range, scope }, set] = useQueryStates(parsers, { history: 'replace' });
  const selectShard = useCallback((shardId: string | null) => void set({ shard: shardId }), [set]);
  const setRange = useCallback((next: ChartRange) => void set({ range: next }), [set]);
  const setScope = useCallback((next: ChartScope) => void set({ scope: next }), [set]);
  return {
    selectedShardId: shard,
    selectShard,
    range,
    setRange,
    scope: scope ?? (shardMetricsOn ? 'shards' : 'stream'),
    setScope,
  } as const;
}
