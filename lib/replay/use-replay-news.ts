'use client';

import { useEffect, useRef } from 'react';
import { useReplayHeads } from '#lib/live/live-provider.tsx';

/** Asks again whenever a replay has come to another state, as the live subscription told. */
export function useReplayNews(
  refetch: (options: { readonly cancelRefetch: boolean }) => unknown,
): void {
  const heads = useReplayHeads();
  const seen = useRef(heads);
  useEffect(() => {
    if (seen.current === heads) return;
    seen.current = heads;
    // What is under way is let be: under a slow server nothing would ever arrive else.
    void refetch({ cancelRefetch: false });
  }, [heads, refetch]);
}
