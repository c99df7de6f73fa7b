'use client';

import { VisuallyHidden } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useLayoutEffect, useRef, useState } from 'react';
import { DataTable } from '#components/primitives/data-table.tsx';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { SortHeader, type SortState } from '#components/primitives/sort-header.tsx';
import { useRowsByFrames } from '#components/primitives/use-rows-by-frames.ts';
import type { StreamSort } from '#lib/streams/row-order.ts';
import { COLUMN_FACTS, type StreamColumn, tableWidthMin } from '#lib/streams/stream-columns.ts';
import type { StreamEntry } from '#lib/streams/stream-entries.ts';
import { AwaitedRow } from './awaited-row.tsx';
import classes from './stream-table.module.css';
import { StreamTableRow } from './stream-table-row.tsx';
import { UnreadableRow } from './unreadable-row.tsx';

/** Height of a row on a wide screen, CSS pixels; a narrow one measures its rows. */
const ROW_HEIGHT = 45;

/** Rows drawn beyond either end of what is in sight. */
const OVERSCAN = 4;

/** What the server draws rows for, as it knows no window. */
const FIRST_WINDOW = { width: 1440, height: 900 };

/** Above this a usual screen has no room, so that the table is scrolled sideways in itself. CSS pixels. */
const WIDE_FROM = 1_392;

/** Streams in the order given; only rows in sight are in the document. */
export function StreamTable(props: {
  readonly entries: readonly StreamEntry[];
  readonly columns: readonly StreamColumn[];
  readonly state: SortState<StreamSort>;
  readonly manyConnections: boolean;
  readonly manyAccounts: boolean;
}) {
  const { entries, columns, state } = props;
  const head = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const foot = head.current?.getBoundingClientRect().bottom ?? 0;
    setScrollMargin(foot + window.scrollY);
  }, []);

  const virtualizer = useWindowVirtualizer({
    count: entries.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (i) => keyOf(entries[i], i),
    overscan: OVERSCAN,
    scrollMargin,
    initialRect: FIRST_WINDOW,
    useFlushSync: false,
  });
  // Drawn in slices, when there is time: a wheel is not held up by dozens of rows that come into sight.
  const items = useDeferredValue(virtualizer.getVirtualItems());
  const drawing = useRowsByFrames(
    items.map(({ index }) => index).filter((index) => entries[index] !== undefined),
  );
  const above = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const below = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin);
  const widthMin = tableWidthMin(columns);
  const wide = widthMin > WIDE_FROM;

  return (
    <div className={classes.box} data-wide={wide || undefined}>
      <DataTable
        className={classes.table}
        fixed
        widthMin={wide ? widthMin : undefined}
        aria-rowcount={entries.length + 1}
      >
        <caption>
          <VisuallyHidden>
            Streams with health, rates, hottest shard and throttles over the newest period
          </VisuallyHidden>
        </caption>
        <thead ref={head} className={classes.head}>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column} column={column} state={state} />
            ))}
          </tr>
        </thead>
        <RowsSpacer height={above} columns={columns.length} className={classes.spacer} />
        <tbody>
          {items.map((item) => {
            const entry = entries[item.index];
            if (entry !== undefined && !drawing.has(item.index)) {
              return (
                <AwaitedRow
                  key={item.key}
                  index={item.index}
                  streamName={nameOf(entry)}
                  columns={columns.length}
                  height={item.size}
                />
              );
            }
            switch (entry?.kind) {
              case 'stream':
                return (
                  <StreamTableRow
                    key={item.key}
                    ref={virtualizer.measureElement}
                    index={item.index}
                    row={entry.judged.row}
                    fresh={entry.judged.fresh}
                    columns={columns}
                    withConnection={props.manyConnections}
                    withAccount={props.manyAccounts}
                  />
                );
              case 'unreadable':
                return (
                  <UnreadableRow
                    key={item.key}
                    ref={virtualizer.measureElement}
                    index={item.index}
                    stream={entry.stream}
                    columns={columns.length}
                    withConnection={props.manyConnections}
                  />
                );
              default:
                return null;
            }
          })}
        </tbody>
        <RowsSpacer height={below} columns={columns.length} className={classes.spacer} />
      </DataTable>
    </div>
  );
}

function Head(props: { readonly column: StreamColumn; readonly state: SortState<StreamSort> }) {
  const { head, title, width, numeric, sort } = COLUMN_FACTS[props.column];
  const className = HEAD_CLASS[props.column];
  if (sort === null) {
    return (
      <th scope="col" className={className} title={title} style={sizeOf(width)}>
        {head}
      </th>
    );
  }
  return (
    <SortHeader
      column={sort}
      state={props.state}
      className={className}
      numeric={numeric}
      title={title}
      style={sizeOf(width)}
    >
      {head}
    </SortHeader>
  );
}

function sizeOf(width: number | null) {
  return width === null ? undefined : { inlineSize: width };
}

function nameOf(entry: StreamEntry): string {
  return entry.kind === 'stream' ? entry.judged.row.streamName : entry.stream.streamName;
}

function keyOf(entry: StreamEntry | undefined, place: number): string | number {
  switch (entry?.kind) {
    case 'stream':
      return entry.judged.row.streamId;
    case 'unreadable':
      return `${entry.stream.connection}/${entry.stream.streamName}`;
    default:
      return place;
  }
}

/** Those whose heads are hidden or sized by the width of the screen. */
const HEAD_CLASS: Partial<Readonly<Record<StreamColumn, string | undefined>>> = {
  health: classes.health,
  name: classes.name,
  'bytes-out': classes.out,
  'records-out': classes.out,
  hottest: classes.hottest,
};
