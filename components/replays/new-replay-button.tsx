'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import type { DraftOrigin } from '#lib/replay/view/run.ts';
import { useNewReplay } from './use-new-replay.ts';

/** Begins a draft and opens it. */
export function NewReplayButton(props: {
  readonly origin: DraftOrigin;
  /** Why it cannot be begun; left out or null: it can. */
  readonly blocked?: string | null;
  readonly children: ReactNode;
}) {
  const create = useNewReplay();
  return (
    <Button
      // It stays pressed until the draft's page is there: a second press would make a second draft.
      disabled={create.isPending || create.isSuccess || (props.blocked ?? null) !== null}
      title={props.blocked ?? undefined}
      onClick={() => create.mutate(props.origin)}
    >
      {props.children}
    </Button>
  );
}
