'use client';

import { VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
} from 'react';
import { DataTable } from '#components/primitives/data-table.tsx';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { SortHeader } from '#components/primitives/sort-header.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { useRowsByFrames } from '#components/primitives/use-rows-by-frames.ts';
import type { ShardPage } from '#lib/live/shard-page.ts';
import { readShardLine } from '#lib/shards/read-shard-line.ts';
import { offsetFor } from '#lib/shards/rows-wanted.ts';
import { SHARD_COLUMNS, type ShardColumnId } from '#lib/shards/shard-columns.ts';
import { FAR_HEIGHT, observeBoxNearWindow } from './observe-box-near-window.ts';
import classes from './shard-table.module.css';
import { ShardRowUnread, ShardTableRow } from './shard-table-row.tsx';
import type { ShardsView } from './shards-view.ts';

const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 32;
/** At most, where the box is narrower than the table. */
const SCROLL_BAR_HEIGHT = 16;
/** Rows drawn beyond either end of what is in sight. */
const OVERSCAN = 2;

/** What the server draws rows for, as it knows no window. */
const FIRST_BOX = { width: 1392, height: FAR_HEIGHT };
const BOX_HEIGHT = 664;

/** CSS pixels. */
const COLUMN_WIDTHS: { readonly [C in ShardColumnId]: number } = {
  shard: 100,
  use: 150,
  throttled: 84,
  'bytes-in': 88,
  'records-in': 88,
  'write-bytes': 98,
  'write-records': 106,
  'read-bytes': 98,
  'bytes-out': 88,
  'reads-throttled': 104,
  'iterator-age': 92,
  range: 184,
  decimal: 620,
  share: 70,
  age: 86,
  state: 66,
  parents: 128,
  children: 128,
  sequence: 240,
};

/** The table itself; it scrolls within its own box, and only rows in sight are in the document. */
export function ShardRows(props: {
  readonly page: ShardPage;
  readonly reading: boolean;
  readonly view: ShardsView;
  readonly stale: boolean;
  readonly unknown: string;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string) => void;
  readonly onSplit: ((shardId: string) => void) | null;
  /** Called where rows are in sight that `page` has not. */
  readonly onOffset: (offset: number) => void;
  /** The choice that has been brought to sight, and what tells of the next, with the offset of its rows. */
  readonly broughtId: string | null;
  readonly onBrought: (shardId: string | null, offset: number) => void;
}) {
  const { view, selectedShardId, onOffset, broughtId, onBrought } = props;
  // Drawn in slices: scrolling and pointing go on while dozens of rows change.
  const page = useDeferredValue(props.page);
  const { columns } = view;
  const { sort, direction } = view.arrangement;
  const box = useRef<HTMLElement>(null);
  const rows = useMemo(() => page.lines.map((line) => readShardLine(line, page.period)), [page]);
  const virtualizer = useVirtualizer({
    count: page.matched,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    // Rows begin below the head, which the virtualizer knows nothing of: one at the foot of the box is that much lower.
    scrollPaddingEnd: HEAD_HEIGHT + SCROLL_BAR_HEIGHT,
    initialRect: FIRST_BOX,
    observeElementRect: observeBoxNearWindow,
    // Rows are drawn when there is time: a wheel is not held up by them.
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const drawing = useRowsByFrames(
    items.map(({ index }) => index).filter((index) => rows[index - page.offset] !== undefined),
  );

  const wantedOffset = offsetFor(first);
  useEffect(() => onOffset(wantedOffset), [onOffset, wantedOffset]);

  const bringIntoSight = useEffectEvent(() => {
    // Its place is known with the next answer.
    if (page.chosenShardId !== selectedShardId || broughtId === selectedShardId) return;
    onBrought(selectedShardId, page.offset);
    if (page.chosenAt !== null) virtualizer.scrollToIndex(page.chosenAt, { align: 'auto' });
  });
  // Only at the choice: a new order of rows must not take the table from under a reader who has scrolled on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs with each answer and each choice
  useEffect(() => bringIntoSight(), [page, selectedShardId]);

  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const head = { sort, direction, onSort: view.onSort };
  const width = columns.reduce((sum, id) => sum + COLUMN_WIDTHS[id], 0);

  return (
    <TableBox ref={box} label="Table of shards" heightMax={BOX_HEIGHT}>
      <DataTable
        className={classes.table}
        fixed
        widthMin={width}
        aria-rowcount={page.matched + 1}
        aria-busy={props.reading}
        data-stale={props.stale || undefined}
      >
        <caption>
          <VisuallyHidden>Shards with their ranges, rates and use of each limit</VisuallyHidden>
        </caption>
        <colgroup>
          {columns.map((id) => (
            <col
              key={id}
              data-column={id}
              style={{ '--column': `${COLUMN_WIDTHS[id]}px` } as CSSProperties}
            />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((id) => {
              const column = SHARD_COLUMNS[id];
              const className = id === 'shard' ? classes.shard : undefined;
              return column.sort === null ? (
                <th key={id} scope="col" className={className} title={column.title}>
                  {column.label}
                </th>
              ) : (
                <SortHeader
                  key={id}
                  column={column.sort}
                  state={head}
                  className={className}
                  numeric={column.numeric}
                  title={column.title}
                >
                  {column.label}
                </SortHeader>
              );
            })}
          </tr>
        </thead>
        <RowsSpacer height={above} columns={columns.length} />
        <tbody>
          {items.map((item) => {
            const row = rows[item.index - page.offset];
            return row === undefined || !drawing.has(item.index) ? (
              <ShardRowUnread key={item.index} index={item.index} columnCount={columns.length} />
            ) : (
              <ShardTableRow
                key={row.facts.shard.shardId}
                index={item.index}
                row={row}
                columns={columns}
                unknown={props.unknown}
                selected={row.facts.shard.shardId === selectedShardId}
                onSelect={props.onSelect}
                onSplit={props.onSplit}
              />
            );
          })}
        </tbody>
        <RowsSpacer height={below} columns={columns.length} />
      </DataTable>
    </TableBox>
  );
}
