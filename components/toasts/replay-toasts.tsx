'use client';

import { useEffect, useRef } from 'react';
import { useReplayHeads } from '#lib/live/live-provider.tsx';
import type { ReplayHead } from '#lib/live/replay-head.ts';
import { replayNews } from '#lib/replay/live-news.ts';
import { showToast } from './toast-queue.ts';

/** Tells what came of replays, on whatever page. */
export function ReplayToasts() {
  const replays = useReplayHeads();
  const known = useRef<readonly ReplayHead[] | null>(null);
  useEffect(() => {
    if (replays === null) return;
    for (const { runId, title, message, needsSomebody } of replayNews(
      known.current ?? [],
      replays,
    )) {
      showToast({
        title,
        message,
        needsSomebody,
        link: { href: `/replays/${runId}`, words: `Replay ${runId}` },
      });
    }
    known.current = replays;
  }, [replays]);
  return null;
}
