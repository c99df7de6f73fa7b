'use client';

import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { DataTable } from '#components/primitives/data-table.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { bindingWords, scanWords } from '#lib/consumers/binding-words.ts';
import type { ConsumerTableView } from '#lib/consumers/stream-consumers-view.ts';
import { formatAge } from '#lib/format/age.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import { BindTableDialog } from './bind-table-dialog.tsx';
import classes from './detail-table.module.css';

/** The tables that hold leases of this stream, or may: which stream each is of, and what reading it takes. */
export function ConsumerTables(props: {
  readonly tables: readonly ConsumerTableView[];
  readonly connection: string;
  readonly streamId: number;
  /** Nothing can be changed: the stream is gone. */
  readonly fixed: boolean;
  readonly onChanged: () => unknown;
}) {
  const tickMs = useServerNow();
  const nowMs = usePause().pausedAtMs ?? tickMs;
  const [bound, setBound] = useState<ConsumerTableView | null>(null);
  return (
    <PageSection
      title="Tables of consumers"
      beside={
        <p className={classes.quiet}>in DynamoDB; at most 10 % of their read capacity is used</p>
      }
    >
      <TableBox label="List of tables">
        <DataTable className={classes.table} widthMin={720} aria-label="Tables of consumers">
          <thead>
            <tr>
              <th scope="col">Table</th>
              <th scope="col">Stream</th>
              <th scope="col" title="Read capacity units of the last whole scan">
                Reading takes
              </th>
              <th scope="col" data-numeric>
                Read
              </th>
              <th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {props.tables.map((table) => (
              <tr key={`${table.tableName} ${table.part}`}>
                <th scope="row">
                  <span className={classes.mono}>{table.tableName}</span>
                  {table.part !== null && <span className={classes.second}>{table.part}</span>}
                </th>
                <td className={classes.wrapped}>
                  {table.failure === null ? (
                    bindingWords(table)
                  ) : (
                    <span className={classes.bad}>{table.failure.message}</span>
                  )}
                </td>
                <td>{scanWords(table)}</td>
                <td data-numeric>
                  {table.scan === null ? 'never' : `${formatAge(nowMs - table.scan.atMs)} ago`}
                </td>
                <td data-numeric>
                  {table.part === null && table.layout === 'kcl' && (
                    <Button disabled={props.fixed} onClick={() => setBound(table)}>
                      Bind by hand
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </TableBox>
      {bound !== null && (
        <BindTableDialog
          table={bound}
          connection={props.connection}
          streamId={props.streamId}
          onClose={() => setBound(null)}
          onChanged={props.onChanged}
        />
      )}
    </PageSection>
  );
}
