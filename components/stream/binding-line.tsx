'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { bindingWords } from '#lib/stream-page/binding-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './stream-header.module.css';

/** What began stays where it began; that it ended is seen by the row itself. */
const ASK_AGAIN_MS = 60_000;
const AGES_EVERY_MS = 5_000;

/** Which limit binds the hottest shard, else the stream, and since when. Its line is kept where none does. */
export function BindingLine({ row }: { row: StreamRow }) {
  const trpc = useTRPC();
  const zone = useZone();
  const nowMs = useServerNow(AGES_EVERY_MS);
  const paused = usePause().pausedAtMs !== null;
  const { hottest, period, streamId } = row;
  const shardId = hottest?.shardId ?? null;
  const bound = hottest === null ? null : hottest.use >= HEALTH_THRESHOLDS.hotShardUse;
  const query = useQuery(
    trpc.past.bindingLimit.queryOptions(
      { streamId, shardId },
      {
        // Without figures of shards only the server knows how the stream stands against its limits.
        enabled: bound !== false && period !== null,
        refetchInterval: paused ? false : ASK_AGAIN_MS,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const binding = bound === false || query.isPlaceholderData ? null : (query.data ?? null);
  const shown =
    binding !== null && hottest !== null && hottest.limit === binding.limit
      ? { ...binding, use: hottest.use }
      : binding;
  const refused = (row.rates?.writeThrottledRecords ?? 0) > 0;
  return (
    <p className={classes.binding}>
      {shown === null
        ? bound === false && 'No shard uses 80 % of any of its limits.'
        : bindingWords({ binding: shown, shardId, refused, nowMs, zone })}
    </p>
  );
}
