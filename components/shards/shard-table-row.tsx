'use client';

import IconArrowsSplit2 from '@tabler/icons-react/dist/esm/icons/IconArrowsSplit2.mjs';
import { memo } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { shortHashKey } from '#lib/format/hash-key.ts';
import { formatShare } from '#lib/format/percent.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ShardRowModel } from '#lib/shards/read-shard-line.ts';
import type { ShardColumnId } from '#lib/shards/shard-columns.ts';
import { isHot } from '#lib/strip/hot-shards.ts';
import { ShardCell } from './shard-cell.tsx';
import classes from './shard-table.module.css';

/** One shard. Drawn again only where what is known of it, or the choice of it, changed. */
export const ShardTableRow = memo(function ShardTableRow(props: {
  /** Place among all rows, from 0. */
  readonly index: number;
  readonly row: ShardRowModel;
  readonly columns: readonly ShardColumnId[];
  /** Why a figure is missing, where one is. */
  readonly unknown: string;
  readonly selected: boolean;
  readonly onSelect: (shardId: string) => void;
  /** Opens the plan of a split; null where none can be planned. */
  readonly onSplit: ((shardId: string) => void) | null;
}) {
  const { row, columns, onSplit } = props;
  const { shard, range, share, state } = row.facts;
  const { shardId } = shard;
  const unknown =
    state === 'open' ? props.unknown : `a shard that is ${state} takes no more records`;
  return (
    // A click anywhere on the row chooses the shard, as the button in its first cell does for keys.
    <tr
      className={classes.row}
      aria-rowindex={props.index + 2}
      data-selected={props.selected || undefined}
      data-state={state}
      onClick={() => props.onSelect(shardId)}
    >
      <th scope="row" className={classes.shard}>
        <button
          type="button"
          className={classes.choose}
          aria-pressed={props.selected}
          // What is seen is in it, for those who speak to their machine; not in brackets, which are not spoken.
          aria-label={`Choose ${shardId}, ${shortShardId(shardId)}`}
          title={`${shardId}, ${shortHashKey(range.start)} to ${shortHashKey(range.end)}, ${formatShare(share)} of the ring`}
        >
          {shortShardId(shardId)}
        </button>
        <CopyText whole={shardId} what="the shard id" />
        {onSplit !== null && row.reading !== null && isHot(row.reading) && (
          <button
            type="button"
            className={classes.split}
            aria-label={`Split ${shortShardId(shardId)} at the load median`}
            title="It is hot: opens the plan of a split where its load is halved"
            onClick={(event) => {
              // The row would take the choice back where the shard is chosen already.
              event.stopPropagation();
              onSplit(shardId);
            }}
          >
            <IconArrowsSplit2 size={16} stroke={1.75} aria-hidden />
          </button>
        )}
      </th>
      {columns.map(
        (column) =>
          column !== 'shard' && (
            <ShardCell key={column} column={column} row={row} unknown={unknown} />
          ),
      )}
    </tr>
  );
});

/** A row that the server is asked for, as high as it will be. */
export const ShardRowUnread = memo(function ShardRowUnread(props: {
  readonly index: number;
  readonly columnCount: number;
}) {
  return (
    <tr className={classes.row} aria-rowindex={props.index + 2} data-unread>
      <td colSpan={props.columnCount}>
        <span className={classes.unread}>reading…</span>
      </td>
    </tr>
  );
});
