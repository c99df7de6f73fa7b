'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { tagsByStream } from '#lib/streams/stream-tags.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** The collector reads tags rarely; what was changed here shall be seen soon. */
const ASK_AGAIN_MS = 15_000;

/** The tags of all streams, while somebody needs them: they come apart from the rows, as they change rarely. */
export function useStreamTags(needed: boolean) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.streams.tags.queryOptions(undefined, { enabled: needed, refetchInterval: ASK_AGAIN_MS }),
  );
  const byStream = useMemo(() => (data === undefined ? null : tagsByStream(data)), [data]);
  return { view: data ?? null, byStream, error, refetch };
}
