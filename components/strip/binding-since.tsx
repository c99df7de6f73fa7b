'use client';

import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { limitWord } from '#lib/format/limit.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useBindingLimit } from '#lib/live/use-binding-limit.ts';
import { sinceWords } from '#lib/stream-page/binding-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';

type BindingSinceProps = {
  readonly streamId: number;
  readonly shardId: string;
  readonly reading: ShardReading;
};

/** Since when the limit binds that a shard uses most now, in a line of its own; nothing where none does. */
export function BindingSince({ streamId, shardId, reading }: BindingSinceProps) {
  const zone = useZone();
  const nowMs = useServerNow();
  const { limit, use } = reading.tightest;
  const binds = limit !== null && use >= HEALTH_THRESHOLDS.hotShardUse;
  const binding = useBindingLimit(streamId, shardId, binds);
  if (!binds) return null;
  return (
    <div>
      Bound by {limitWord(limit)}{' '}
      {binding?.limit === limit ? sinceWords(binding, nowMs, zone) : '…'}
      {reading.figures.writeThrottledRecords > 0 && '; more is wanted than it takes'}
    </div>
  );
}
