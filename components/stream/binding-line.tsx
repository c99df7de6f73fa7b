'use client';

import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useBindingLimit } from '#lib/live/use-binding-limit.ts';
import { bindingWords, unboundWords } from '#lib/stream-page/binding-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './binding-line.module.css';

/** Ages of runs are told in minutes. */
const EVERY_MS = 5_000;

/** Which limit binds the hottest shard, else the stream, and since when. Its line is kept where none does. */
export function BindingLine({ row }: { row: StreamRow }) {
  const zone = useZone();
  const nowMs = useServerNow(EVERY_MS);
  const { hottest, period, streamId } = row;
  const shardId = hottest?.shardId ?? null;
  const isCool = hottest !== null && hottest.use < HEALTH_THRESHOLDS.hotShardUse;
  // Without figures of shards only the server knows how the stream stands against its limits.
  const binding = useBindingLimit(streamId, shardId, !isCool && period !== null);
  const shown =
    binding !== null && hottest !== null && hottest.limit === binding.limit
      ? { ...binding, use: hottest.use }
      : binding;
  const refused = (row.rates?.writeThrottledRecords ?? 0) > 0;
  return (
    <p className={classes.line}>
      {shown === null
        ? isCool && unboundWords(refused)
        : bindingWords({ binding: shown, shardId, refused, nowMs, zone })}
    </p>
  );
}
