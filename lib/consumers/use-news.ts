'use client';

import { useEffect, useRef } from 'react';
import { useStreamRows } from '#lib/live/live-provider.tsx';

/** Lists of all streams are told of news of any: they ask again at most this often, milliseconds. */
const ALL_EVERY_MS = 2_000;

/** Asks again whenever there is news, as the live subscription told; not at first, when it is being read already. */
export function useNews(
  news: number | null,
  refetch: (options: { readonly cancelRefetch: boolean }) => unknown,
): void {
  const seen = useRef(news);
  useEffect(() => {
    if (seen.current === news) return;
    seen.current = news;
    // What is under way is let be: under a slow server nothing would ever arrive else.
    void refetch({ cancelRefetch: false });
  }, [news, refetch]);
}

/** Changes with each reading of any consumer of any stream; stands still while the page is paused. */
export function useNewsOfAll(): number | null {
  const { rows } = useStreamRows();
  let newest: number | null = null;
  for (const { consumers } of rows) {
    const readAtMs = consumers?.readAtMs ?? null;
    if (readAtMs !== null && (newest === null || readAtMs > newest)) newest = readAtMs;
  }
  return newest === null ? null : Math.floor(newest / ALL_EVERY_MS);
}
