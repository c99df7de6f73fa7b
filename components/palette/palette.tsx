'use client';

import '@mantine/spotlight/styles.layer.css';
import { useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import dynamic from 'next/dynamic';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useId, useMemo, useState } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import { useNewReplay } from '#components/replays/use-new-replay.ts';
import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { hashPartitionKey } from '#lib/domain/key-lookup.ts';
import { countOf } from '#lib/format/count.ts';
import { KEY_PARAMETER } from '#lib/key-lookup/key-mark.ts';
import { rememberKey } from '#lib/key-lookup/typed-keys.ts';
import { usePause, useRowsOfNow } from '#lib/live/live-provider.tsx';
import { findEntries } from '#lib/palette/find-entries.ts';
import { type PaletteContext, paletteEntries, typedEntries } from '#lib/palette/palette-entries.ts';
import type { PaletteAction, PaletteEntry } from '#lib/palette/palette-entry.ts';
import { streamOfPath } from '#lib/palette/stream-of-path.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZoneState } from '#lib/time/zone-provider.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import classes from './palette.module.css';
import type { PaletteView } from './palette-button.tsx';

const CreateStreamDialog = dynamic(() =>
  import('#components/stream-admin/create-stream-dialog.tsx').then((m) => m.CreateStreamDialog),
);

const [store, palette] = createSpotlight();

type PaletteProps = {
  readonly view: PaletteView | null;
  readonly onView: (view: PaletteView | null) => void;
};

/** Everything by name: streams, pages, shards, keys and actions; the list is walked from the field. */
export function Palette({ view, onView }: PaletteProps) {
  const { connections } = useRowsOfNow();
  const [query, setQuery] = useState('');
  const isOpen = view === 'palette';
  useEffect(() => {
    if (isOpen) palette.open();
    else palette.close();
  }, [isOpen]);
  return (
    <>
      <Spotlight.Root
        store={store}
        query={query}
        onQueryChange={setQuery}
        shortcut={null}
        // Only what closed the palette itself closes it here: an action may have opened something else.
        onSpotlightClose={() => isOpen && onView(null)}
        onSpotlightOpen={() => store.updateState((state) => ({ ...state, selected: 0 }))}
        lockScroll={false}
        transitionProps={{ transition: 'fade', duration: 100 }}
        overlayProps={{ backgroundOpacity: 0.5 }}
        attributes={{ content: { 'aria-label': 'Go to' } }}
        classNames={{ content: classes.content ?? '' }}
      >
        {isOpen && <Found query={query} onView={onView} />}
      </Spotlight.Root>
      <KeyboardHelp opened={view === 'help'} onClose={() => onView(null)} />
      {view === 'create-stream' && (
        <LatePart over>
          <CreateStreamDialog connections={connections} onClose={() => onView(null)} />
        </LatePart>
      )}
    </>
  );
}

function Found({ query, onView }: { query: string; onView: PaletteProps['onView'] }) {
  const { rows, connections } = useRowsOfNow();
  const id = useId();
  const paused = usePause().pausedAtMs !== null;
  const path = usePathname();
  const act = usePaletteAction(onView);
  const selected = useSpotlight(store).selected;
  // Names change seldom, rows each few seconds: the entries are made again only where their text changes.
  const names = JSON.stringify(rows.map((row) => [row.connection, row.streamName]));
  const mayCreate = connections.some(({ readOnly }) => !readOnly);
  const context = useMemo<PaletteContext>(
    () => ({
      streams: namesOf(names),
      current: streamOfPath(path),
      paused,
      mayCreate,
    }),
    [names, path, paused, mayCreate],
  );
  const entries = useMemo(() => paletteEntries(context), [context]);
  const groups = useMemo(
    () => findEntries(entries, typedEntries(query, context), query),
    [entries, context, query],
  );
  const all = groups.flatMap((group) => group.entries);
  const optionId = (entry: PaletteEntry) => `${id}-${all.indexOf(entry)}`;
  const active = all[selected];
  return (
    <>
      <Spotlight.Search
        placeholder="A stream, a page, an action; “key foo”; a shard’s number"
        aria-label="Go to a stream, page, key, shard or action"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(active !== undefined && { 'aria-activedescendant': optionId(active) })}
        size="md"
        data-autofocus
        classNames={{ input: classes.search ?? '' }}
        autoComplete="off"
        spellCheck={false}
      />
      <Spotlight.ActionsList className={classes.list ?? ''}>
        <div id={`${id}-list`} role="listbox" aria-label="What is found">
          {groups.map(({ group, entries: some }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of a list's options
            <div key={group} role="group" aria-label={group}>
              <div className={classes.group} aria-hidden>
                {group}
              </div>
              {some.map((entry) => (
                // Not Spotlight.Action, which keeps its id to itself: the field has to name the option.
                <button
                  key={entry.id}
                  id={optionId(entry)}
                  type="button"
                  role="option"
                  aria-selected={entry === active}
                  tabIndex={-1}
                  data-action
                  data-selected={entry === active || undefined}
                  className={classes.entry}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => act(entry.action)}
                >
                  <span className={classes.label}>{entry.label}</span>
                  <span className={classes.detail}>{entry.detail}</span>
                </button>
              ))}
            </div>
          ))}
        </div>
        {all.length === 0 && (
          <p className={classes.none}>
            Nothing is called so. Type a part of a stream’s name, or “key ” and a partition key.
          </p>
        )}
      </Spotlight.ActionsList>
      <VisuallyHidden role="status">{countOf(all.length, 'entry', 'entries')}</VisuallyHidden>
    </>
  );
}

function usePaletteAction(onView: PaletteProps['onView']): (action: PaletteAction) => void {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const { pause, resume } = usePause();
  const { choose } = useZoneState();
  const { setColorScheme } = useMantineColorScheme();
  const createDraft = useNewReplay();

  /** Keeps what else of the page is in its address, where it is the same page. */
  function go(href: string, parameters: Readonly<Record<string, string>>): void {
    const next = new URLSearchParams(path === href ? search : undefined);
    for (const [name, value] of Object.entries(parameters)) next.set(name, value);
    router.push(`${href}?${next}`);
  }

  return (action) => {
    onView(null);
    switch (action.kind) {
      case 'go':
        router.push(action.href);
        return;
      case 'look-up': {
        const href = streamHref(action.connection, action.streamName);
        const found = hashPartitionKey(action.key);
        if (found.ok) rememberKey(found.hashKey, action.key);
        go(href, {
          tab: 'keys',
          ...(found.ok && { [KEY_PARAMETER]: hashKeyToHex(found.hashKey) }),
        });
        return;
      }
      case 'choose-shard':
        go(action.href, { shard: action.shardId });
        return;
      case 'pause':
        pause();
        return;
      case 'resume':
        resume();
        return;
      case 'zone':
        choose(action.choice);
        return;
      case 'scheme':
        setColorScheme(action.scheme);
        return;
      case 'new-replay':
        createDraft.mutate(action.of ?? { from: 'nothing' });
        return;
      case 'create-stream':
      case 'help':
        onView(action.kind);
        return;
    }
  };
}

function namesOf(json: string): PaletteContext['streams'] {
  const pairs: unknown = JSON.parse(json);
  return Array.isArray(pairs)
    ? pairs.map(([connection, streamName]) => ({
        connection: String(connection),
        streamName: String(streamName),
      }))
    : [];
}
