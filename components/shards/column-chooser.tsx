'use client';

import { Checkbox } from '@mantine/core';
import { Button } from '#components/primitives/button.tsx';
import { DropPanel } from '#components/primitives/drop-panel.tsx';
import { SHARD_COLUMN_IDS, SHARD_COLUMNS, type ShardColumnId } from '#lib/shards/shard-columns.ts';
import classes from './shard-table.module.css';

/** Which columns the shard table has. */
export function ColumnChooser(props: {
  readonly columns: readonly ShardColumnId[];
  /** null for those that stand there by themselves. */
  readonly onColumns: (columns: readonly ShardColumnId[] | null) => void;
}) {
  const { columns, onColumns } = props;
  return (
    <DropPanel
      position="bottom-end"
      label="Columns of the shard table"
      button={<Button>Columns</Button>}
    >
      {() => (
        <div className={classes.chooser}>
          {SHARD_COLUMN_IDS.filter((id) => id !== 'shard').map((id) => (
            <Checkbox
              key={id}
              size="xs"
              label={SHARD_COLUMNS[id].label}
              checked={columns.includes(id)}
              onChange={(event) =>
                onColumns(
                  event.currentTarget.checked
                    ? [...columns, id]
                    : columns.filter((each) => each !== id),
                )
              }
            />
          ))}
          <Button onClick={() => onColumns(null)}>As at first</Button>
        </div>
      )}
    </DropPanel>
  );
}
