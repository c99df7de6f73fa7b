'use client';

import { Select } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useRouter } from 'next/navigation';
import { useMemo, useRef } from 'react';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import { streamHref } from '#lib/streams/stream-href.ts';
import classes from './stream-jump.module.css';

/** How many streams the list may hold at once: it is not virtualised. */
const SHOWN_MAX = 50;

/** Goes to a stream by a part of its name; "/" puts the cursor here from anywhere on the page. */
export function StreamJump() {
  const { rows, connections } = useStreamRows();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);

  // Names change seldom, rows each few seconds: the list is made again only where its text changes.
  const names = rows.map((row) => `${row.connection}/${row.streamName}`).join('\n');
  const data = useMemo(
    () =>
      [...new Set(names.split('\n'))]
        .filter((name) => name !== '')
        .map((value) => {
          const [connection = '', ...rest] = value.split('/');
          const name = rest.join('/');
          return { value, label: connections.length > 1 ? `${name} · ${connection}` : name };
        }),
    [names, connections.length],
  );

  return (
    <Select
      ref={input}
      className={classes.jump ?? ''}
      aria-label="Go to a stream"
      placeholder="Go to a stream"
      leftSection={<IconSearch size={14} stroke={1.75} />}
      rightSection={<kbd className={classes.key}>/</kbd>}
      rightSectionPointerEvents="none"
      searchable
      selectFirstOptionOnChange
      data={data}
      limit={SHOWN_MAX}
      // In a portal the list would stand outside all landmarks.
      comboboxProps={{ withinPortal: false }}
      value={null}
      nothingFoundMessage="No stream has this in its name"
      onChange={(value) => {
        if (value === null) return;
        const [connection = '', ...rest] = value.split('/');
        input.current?.blur();
        router.push(streamHref(connection, rest.join('/')));
      }}
    />
  );
}
