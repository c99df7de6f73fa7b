'use client';

import type { MouseEvent, ReactNode } from 'react';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { type ReshardTarget, reshardHref } from '#lib/reshard/reshard-target.ts';
import { useOpenReshard } from './use-open-reshard.ts';

/** As ReshardLink, within a sentence: a link that can be copied, and followed without leaving what the page shows. */
export function ReshardTextLink(props: {
  readonly row: Pick<StreamRow, 'connection' | 'streamName'>;
  readonly target: ReshardTarget;
  readonly children: ReactNode;
}) {
  const { row, target } = props;
  const open = useOpenReshard();
  function follow(event: MouseEvent): void {
    // Whoever wants it in another tab or window gets it there.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(target);
  }
  return (
    <a href={reshardHref(row.connection, row.streamName, target)} onClick={follow}>
      {props.children}
    </a>
  );
}
