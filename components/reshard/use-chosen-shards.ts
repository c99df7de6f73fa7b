'use client';

import type { Pulse } from '#lib/live/pulse.ts';
import { useShard } from '#lib/live/use-shard.ts';
import type { ChosenShards } from '#lib/reshard/goal-draft.ts';

/** The shard that is chosen on the strip and those at its sides, while it is open. */
export function useChosenShards(pulse: Pulse, shardId: string | null): ChosenShards {
  const { detail } = useShard(pulse, null, shardId === null ? null : { by: 'id', shardId });
  const place = detail?.line.shard.shardId === shardId ? (detail?.line.place ?? null) : null;
  const last = (detail?.openCount ?? 0) - 1;
  const left = useShard(
    pulse,
    null,
    place === null || place === 0 ? null : { by: 'place', place: place - 1 },
  );
  const right = useShard(
    pulse,
    null,
    place === null || place >= last ? null : { by: 'place', place: place + 1 },
  );
  return {
    shardId: place === null ? null : shardId,
    left: left.detail?.line.shard.shardId ?? null,
    right: right.detail?.line.shard.shardId ?? null,
  };
}
