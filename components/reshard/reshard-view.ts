'use client';

import { parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { DRAFT_KINDS, type GoalDraft } from '#lib/reshard/goal-draft.ts';

const parsers = {
  goal: parseAsStringLiteral(DRAFT_KINDS),
  side: parseAsStringLiteral(['left', 'right'] as const),
  cut: parseAsStringLiteral(['load-median', 'middle', 'hash-key'] as const),
  count: parseAsInteger,
  job: parseAsInteger,
  layout: parseAsStringLiteral(['before', 'after'] as const),
};

/** What of a draft stands in the address, so that a plan can be sent to a colleague: no key does. null: as a new draft. */
export function useReshardView() {
  const [view, set] = useQueryStates(parsers);
  const change = useCallback(
    ({ kind, side, cutBy, count, layout }: Partial<GoalDraft>) =>
      void set({
        ...(kind !== undefined && { goal: kind }),
        ...(side !== undefined && { side }),
        ...(cutBy !== undefined && { cut: cutBy }),
        ...(count !== undefined && { count }),
        ...(layout !== undefined && { layout }),
      }),
    [set],
  );
  /** As a new draft of the same goal has it. */
  const reset = useCallback(() => void set({ side: null, cut: null, count: null }), [set]);
  return { view, change, reset } as const;
}
