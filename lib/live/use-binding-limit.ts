'use client';

import { useQuery } from '@tanstack/react-query';
import type { BindingLimit } from '#lib/domain/binding-limit.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { usePause } from './live-provider.tsx';
import { useAlive } from './use-alive.ts';

/** What began stays where it began; that it ended is seen by the newest figures themselves. */
const ASK_AGAIN_MS = 60_000;

/**
 * Which limit binds a shard (or, for null, the stream as a whole) and since when; null while that is not known, and
 * where none does.
 * @param enabled false where the newest figures say that none binds
 */
export function useBindingLimit(
  streamId: number,
  shardId: string | null,
  enabled: boolean,
): BindingLimit | null {
  const trpc = useTRPC();
  const alive = useAlive();
  const paused = usePause().pausedAtMs !== null;
  const query = useQuery(
    trpc.past.bindingLimit.queryOptions(
      { streamId, shardId },
      { enabled, refetchInterval: paused ? false : ASK_AGAIN_MS, staleTime: ASK_AGAIN_MS },
    ),
  );
  return enabled && alive ? (query.data ?? null) : null;
}
