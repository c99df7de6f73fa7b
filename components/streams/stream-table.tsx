'use client';

import { VisuallyHidden } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { SortHeader, type SortState } from '#components/primitives/sort-header.tsx';
import type { JudgedRow, StreamSort } from '#lib/streams/row-order.ts';
import classes from './stream-table.module.css';
import { StreamTableRow } from './stream-table-row.tsx';

/** Height of a row on a wide screen, CSS pixels; a narrow one measures its rows. */
const ROW_HEIGHT = 45;

const COLUMNS = 11;

/** What the server draws rows for, as it knows no window. */
const FIRST_WINDOW = { width: 1440, height: 900 };

/** Streams in the order given; only rows in sight are in the document. */
export function StreamTable(props: {
  readonly rows: readonly JudgedRow[];
  readonly state: SortState<StreamSort>;
  readonly manyConnections: boolean;
}) {
  const { rows, state } = props;
  const head = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const foot = head.current?.getBoundingClientRect().bottom ?? 0;
    setScrollMargin(foot + window.scrollY);
  }, []);

  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (i) => rows[i]?.row.streamId ?? i,
    overscan: 8,
    scrollMargin,
    initialRect: FIRST_WINDOW,
  });
  const items = virtualizer.getVirtualItems();
  const above = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const below = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin);

  return (
    <table className={classes.table} aria-rowcount={rows.length + 1}>
      <caption>
        <VisuallyHidden>
          Streams with health, rates, hottest shard and throttles over the newest period
        </VisuallyHidden>
      </caption>
      <thead ref={head} className={classes.head}>
        <tr aria-rowindex={1}>
          <SortHeader
            column="health"
            state={state}
            className={classes.health}
            title="Worst first: what needs you, what to watch, what is unknown"
          >
            Health
          </SortHeader>
          <SortHeader
            column="name"
            state={state}
            className={classes.name}
            title="Stream, its mode and status"
          >
            Stream
          </SortHeader>
          <SortHeader
            column="shards"
            state={state}
            className={classes.shards}
            numeric
            title="Open shards"
          >
            Shards
          </SortHeader>
          <SortHeader
            column="bytes-in"
            state={state}
            className={classes.rate}
            numeric
            title="Accepted from producers, partition keys included (IncomingBytes)"
          >
            Bytes in
          </SortHeader>
          <SortHeader
            column="records-in"
            state={state}
            className={classes.rate}
            numeric
            title="Accepted from producers (IncomingRecords)"
          >
            Records in
          </SortHeader>
          <SortHeader
            column="bytes-out"
            state={state}
            className={classes.out}
            numeric
            title="Read by GetRecords (GetRecords.Bytes)"
          >
            Bytes out
          </SortHeader>
          <SortHeader
            column="records-out"
            state={state}
            className={classes.out}
            numeric
            title="Read by GetRecords (GetRecords.Records)"
          >
            Records out
          </SortHeader>
          <SortHeader
            column="throttled"
            state={state}
            className={classes.throttled}
            numeric
            title="Records refused, and GetRecords calls refused, in the period"
          >
            Throttled
          </SortHeader>
          <SortHeader
            column="hottest"
            state={state}
            className={classes.hottest}
            title="The open shard that uses its tightest limit most"
          >
            Hottest shard
          </SortHeader>
          <th
            scope="col"
            className={classes.strip}
            title="Open shards over the hash-key space: the worst use of the tightest limit in each part"
          >
            Strip
          </th>
          <SortHeader
            column="age"
            state={state}
            className={classes.age}
            numeric
            title="How long ago these figures were read from CloudWatch"
          >
            Age
          </SortHeader>
        </tr>
      </thead>
      <RowsSpacer height={above} columns={COLUMNS} className={classes.spacer} />
      <tbody>
        {items.map((item) => {
          const judged = rows[item.index];
          return (
            judged !== undefined && (
              <StreamTableRow
                key={item.key}
                ref={virtualizer.measureElement}
                index={item.index}
                row={judged.row}
                fresh={judged.fresh}
                withConnection={props.manyConnections}
              />
            )
          );
        })}
      </tbody>
      <RowsSpacer height={below} columns={COLUMNS} className={classes.spacer} />
    </table>
  );
}
