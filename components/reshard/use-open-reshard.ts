'use client';

import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import type { ReshardTarget } from '#lib/reshard/reshard-target.ts';
import { showReshard } from './show-reshard.ts';

// Not those of reshard-view.ts, which know all goals: links are part of the page's first load, plans are not.
const parsers = {
  tab: parseAsString,
  shard: parseAsString,
  goal: parseAsString,
  side: parseAsString,
  cut: parseAsString,
  count: parseAsInteger,
  job: parseAsInteger,
  layout: parseAsString,
};

/** Opens a plan on the page of its stream, and brings it to sight. Nothing is done before it was confirmed there. */
export function useOpenReshard(): (target: ReshardTarget) => void {
  const [, set] = useQueryStates(parsers, { history: 'push' });
  return useCallback(
    ({ goal, shard, side = null, cut = null, count = null }) => {
      void set({
        tab: 'reshard',
        goal,
        side,
        cut,
        count,
        job: null,
        layout: null,
        ...(shard !== undefined && { shard }),
      });
      // Where the tab is not open yet, it does so itself.
      showReshard();
    },
    [set],
  );
}
