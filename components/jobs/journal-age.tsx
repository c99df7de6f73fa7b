'use client';

import { Quiet } from '#components/primitives/quiet.tsx';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';

/** Where a page of what we do ourselves has its figures from, and how old they are; `failure`: why they are not newer. */
export function JournalAge(props: { readonly readAtMs: number; readonly failure: string | null }) {
  const age = formatAge(useServerNow() - props.readAtMs);
  return (
    <Quiet role="status">
      {props.failure === null
        ? `Own journal, read ${age} ago`
        : `Not read again: ${props.failure} Below is what was read ${age} ago.`}
    </Quiet>
  );
}
