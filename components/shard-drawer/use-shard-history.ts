'use client';

import { useQuery } from '@tanstack/react-query';
import { type StreamHistory, unpackHistory } from '#lib/charts/stream-history.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { rangeLengthMs, type TimeRange } from '#lib/time/time-range.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';

/** A range moves on with the newest period, a long one not with each. */
const EVERY_MS_MIN = 1_000;
const EVERY_MS_MAX = 30_000;
const POINTS = 180;

/** What one shard did within a range. @param newestEndMs end of the newest period, epoch milliseconds */
export function useShardHistory(args: {
  readonly streamId: number;
  readonly shardId: string;
  readonly range: TimeRange;
  readonly newestEndMs: number | null;
}): { readonly history: StreamHistory | null; readonly failure: string | null } {
  const { streamId, shardId, range, newestEndMs } = args;
  const client = useTRPCClient();
  const serverNow = useServerClock();
  const lengthMs = rangeLengthMs(range);
  const everyMs = Math.min(EVERY_MS_MAX, Math.max(EVERY_MS_MIN, lengthMs / POINTS));
  const endMs =
    range.kind === 'fixed'
      ? range.toMs
      : newestEndMs === null
        ? null
        : Math.floor(newestEndMs / everyMs) * everyMs;
  const query = useQuery({
    queryKey: ['shard-history', streamId, shardId, lengthMs, endMs],
    queryFn: async ({ signal }) => {
      const toMs = Math.round(endMs ?? serverNow());
      const asked = { streamId, shardIds: [shardId], fromMs: toMs - lengthMs, toMs };
      return unpackHistory(await client.streams.history.query(asked, { signal }));
    },
    placeholderData: (previous, last) =>
      last?.queryKey[1] === streamId && last.queryKey[2] === shardId ? previous : undefined,
    structuralSharing: false,
    gcTime: EVERY_MS_MAX,
  });
  return { history: query.data ?? null, failure: query.error?.message ?? null };
}
