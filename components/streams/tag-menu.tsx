'use client';

import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import dynamic from 'next/dynamic';
import { Button } from '#components/primitives/button.tsx';
import { DropPanel } from '#components/primitives/drop-panel.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import { parseSearch } from '#lib/streams/tag-query.ts';

// What is in it comes when somebody opens it: the list must not wait for it.
const TagChooser = dynamic(() => import('./tag-chooser.tsx').then((m) => m.TagChooser));

/** The tags there are, to narrow the list by: each choice is a condition in the search, where it can be seen. */
export function TagMenu(props: {
  readonly search: string;
  readonly onSearch: (search: string) => void;
}) {
  const chosen = parseSearch(props.search).tags.length;
  return (
    <DropPanel
      position="bottom-start"
      label="Tags"
      button={
        <Button>
          <IconTag size={14} stroke={1.75} aria-hidden />
          {chosen === 0 ? 'Tags' : `Tags: ${chosen}`}
        </Button>
      }
    >
      {() => (
        <LatePart>
          <TagChooser {...props} />
        </LatePart>
      )}
    </DropPanel>
  );
}
