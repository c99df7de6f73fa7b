'use client';

import { Checkbox } from '@mantine/core';
import IconColumns3 from '@tabler/icons-react/dist/esm/icons/IconColumns3.mjs';
import { Button } from '#components/primitives/button.tsx';
import { DropPanel } from '#components/primitives/drop-panel.tsx';
import {
  COLUMN_FACTS,
  DEFAULT_COLUMNS,
  FIXED_COLUMNS,
  STREAM_COLUMNS,
  type StreamColumn,
  sameColumns,
} from '#lib/streams/stream-columns.ts';
import classes from './column-menu.module.css';

/** Which columns the page shows. */
export function ColumnMenu(props: {
  readonly columns: readonly StreamColumn[];
  readonly onColumns: (columns: readonly StreamColumn[]) => void;
}) {
  const { columns, onColumns } = props;
  return (
    <DropPanel
      position="bottom-end"
      label="Columns"
      button={
        <Button>
          <IconColumns3 size={14} stroke={1.75} aria-hidden />
          Columns
        </Button>
      }
    >
      {() => (
        <>
          <div className={classes.list}>
            {STREAM_COLUMNS.filter((id) => !FIXED_COLUMNS.includes(id)).map((id) => (
              <Checkbox
                key={id}
                label={COLUMN_FACTS[id].head}
                title={COLUMN_FACTS[id].title}
                checked={columns.includes(id)}
                onChange={(event) =>
                  onColumns(
                    event.currentTarget.checked
                      ? [...columns, id]
                      : columns.filter((column) => column !== id),
                  )
                }
              />
            ))}
          </div>
          <Button
            className={classes.reset}
            disabled={sameColumns(columns, DEFAULT_COLUMNS)}
            onClick={() => onColumns(DEFAULT_COLUMNS)}
          >
            As at first
          </Button>
        </>
      )}
    </DropPanel>
  );
}
