'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import type { ReshardTarget } from '#lib/reshard/reshard-target.ts';
import { useOpenReshard } from './use-open-reshard.ts';

/** Opens the plan of a reshard, on the page of its stream: nothing is done before it was seen and confirmed there. */
export function ReshardLink(props: {
  readonly target: ReshardTarget;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const open = useOpenReshard();
  return (
    <Button title={props.title} onClick={() => open(props.target)}>
      {props.children}
    </Button>
  );
}
