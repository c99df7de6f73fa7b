'use client';

import { VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useRef } from 'react';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { SortHeader } from '#components/primitives/sort-header.tsx';
import type { ShardLine } from '#lib/shards/arrange-shards.ts';
import classes from './shard-table.module.css';
import { ShardTableRow } from './shard-table-row.tsx';
import type { ShardsView } from './shards-view.ts';

const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 32;
/** At most, where the box is narrower than the table. */
const SCROLL_BAR_HEIGHT = 16;
/** Those that are never hidden: a spacer across more would make columns of its own. */
const COLUMNS = 12;

/** What the server draws rows for, as it knows no window. */
const FIRST_BOX = { width: 1392, height: 640 };

/** The table itself; it scrolls within its own box, and only rows in sight are in the document. */
export function ShardRows(props: {
  readonly lines: readonly ShardLine[];
  readonly view: ShardsView;
  readonly stale: boolean;
  readonly unknown: string;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string) => void;
}) {
  const { lines, view, selectedShardId } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (i) => lines[i]?.facts.shard.shardId ?? i,
    overscan: 12,
    // Rows begin below the head, which the virtualizer knows nothing of: one at the foot of the box is that much lower.
    scrollPaddingEnd: HEAD_HEIGHT + SCROLL_BAR_HEIGHT,
    initialRect: FIRST_BOX,
  });

  const bringIntoSight = useEffectEvent((shardId: string) => {
    const place = lines.findIndex((line) => line.facts.shard.shardId === shardId);
    if (place >= 0) virtualizer.scrollToIndex(place, { align: 'auto' });
  });
  // For a shard chosen in the strip. Only at the choice: a new order of rows must not take the table from under a
  // reader who has scrolled on.
  useEffect(() => {
    if (selectedShardId !== null) bringIntoSight(selectedShardId);
  }, [selectedShardId]);

  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const head = { sort: view.sort, direction: view.direction, onSort: view.onSort };

  return (
    <div ref={box} className={classes.box}>
      <table
        className={classes.table}
        aria-rowcount={lines.length + 1}
        data-stale={props.stale || undefined}
        data-with-closed={view.withClosed || undefined}
      >
        <caption>
          <VisuallyHidden>Shards with their ranges, rates and use of each limit</VisuallyHidden>
        </caption>
        <thead className={classes.head}>
          <tr aria-rowindex={1}>
            <SortHeader
              column="shard"
              state={head}
              className={classes.shard}
              title="Shard, by its number"
            >
              Shard
            </SortHeader>
            <SortHeader
              column="range"
              state={head}
              className={classes.range}
              title="First and last hash key, the first 8 of 32 hexadecimal digits"
            >
              Hash range
            </SortHeader>
            <SortHeader
              column="share"
              state={head}
              className={classes.share}
              numeric
              title="Share of the hash-key space"
            >
              Share
            </SortHeader>
            <SortHeader
              column="bytes-in"
              state={head}
              className={classes.rate}
              numeric
              title="Accepted, partition keys included (IncomingBytes)"
            >
              Bytes in
            </SortHeader>
            <SortHeader
              column="records-in"
              state={head}
              className={classes.rate}
              numeric
              title="Accepted (IncomingRecords)"
            >
              Records in
            </SortHeader>
            <SortHeader
              column="write-bytes"
              state={head}
              className={classes.use}
              numeric
              title="Use of 1 MiB/s; bold where it is the tightest limit"
            >
              Write bytes
            </SortHeader>
            <SortHeader
              column="write-records"
              state={head}
              className={classes.use}
              numeric
              title="Use of 1,000 records/s; bold where it is the tightest limit"
            >
              Write records
            </SortHeader>
            <SortHeader
              column="read-bytes"
              state={head}
              className={classes.use}
              numeric
              title="Use of 2 MiB/s; bold where it is the tightest limit"
            >
              Read bytes
            </SortHeader>
            <SortHeader
              column="throttled"
              state={head}
              className={classes.rate}
              numeric
              title="Records refused in the period (WriteProvisionedThroughputExceeded)"
            >
              Throttled
            </SortHeader>
            <SortHeader
              column="iterator-age"
              state={head}
              className={classes.rate}
              numeric
              title="How far the slowest reader is behind, at most, in the period (IteratorAgeMilliseconds)"
            >
              Iterator age
            </SortHeader>
            <th scope="col" className={classes.state}>
              State
            </th>
            <SortHeader
              column="age"
              state={head}
              className={classes.age}
              numeric
              title="Since the shard was made, from its starting sequence number"
            >
              Shard age
            </SortHeader>
            <th scope="col" className={classes.parents}>
              Parents
            </th>
            <th
              scope="col"
              className={classes.sequence}
              title="Starting sequence number, and the ending one of a closed shard"
            >
              Sequence numbers
            </th>
          </tr>
        </thead>
        <RowsSpacer height={above} columns={COLUMNS} className={classes.spacer} />
        <tbody>
          {items.map((item) => {
            const line = lines[item.index];
            return (
              line !== undefined && (
                <ShardTableRow
                  key={item.key}
                  index={item.index}
                  facts={line.facts}
                  reading={line.reading}
                  unknown={line.facts.open ? props.unknown : 'a closed shard takes no more records'}
                  selected={line.facts.shard.shardId === selectedShardId}
                  onSelect={props.onSelect}
                />
              )
            );
          })}
        </tbody>
        <RowsSpacer height={below} columns={COLUMNS} className={classes.spacer} />
      </table>
    </div>
  );
}
