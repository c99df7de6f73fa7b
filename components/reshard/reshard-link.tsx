'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import type { ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import type { DraftKind } from '#lib/reshard/goal-draft.ts';

const parsers = { tab: parseAsString, goal: parseAsString, side: parseAsString };

/** Opens the plan of a reshard of the chosen shard: nothing is done before it was seen and confirmed there. */
export function ReshardLink(props: {
  readonly goal: DraftKind;
  /** Of a merge: with which neighbour. */
  readonly side?: 'left' | 'right';
  readonly children: ReactNode;
}) {
  const [, set] = useQueryStates(parsers, { history: 'push' });
  return (
    <Button
      onClick={() => void set({ tab: 'reshard', goal: props.goal, side: props.side ?? null })}
    >
      {props.children}
    </Button>
  );
}
