'use client';

import { memo, type Ref } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { policyStatement } from '#lib/stream-admin/policy-statement.ts';
import type { UnreadableStream } from '#lib/streams/stream-entries.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import classes from './stream-table.module.css';

/** A stream that is listed and cannot be described: why, and the permission to add where one is missing. */
export const UnreadableRow = memo(function UnreadableRow(props: {
  readonly ref: Ref<HTMLTableRowElement>;
  readonly index: number;
  readonly stream: UnreadableStream;
  /** Cells that it has to fill. */
  readonly columns: number;
  readonly withConnection: boolean;
}) {
  const { connection, streamName, streamArn, failure } = props.stream;
  return (
    <tr
      ref={props.ref}
      data-index={props.index}
      aria-rowindex={props.index + 2}
      className={classes.row}
      data-level="unknown"
    >
      <td className={classes.health}>
        <HealthMark level="unknown" />
        <span className={classes.second}>
          {failure.deniedAction === undefined ? 'cannot be described' : 'not allowed to be read'}
        </span>
      </td>
      <th scope="row" className={classes.name}>
        <PageLink
          className={classes.link}
          href={streamHref(connection, streamName)}
          title={streamArn ?? undefined}
        >
          {streamName}
        </PageLink>
        {props.withConnection && <span className={classes.second}>{connection}</span>}
      </th>
      {props.columns > 2 && (
        <td className={classes.reason} colSpan={props.columns - 2} title={failure.message}>
          <span className={classes.reasonText}>{failure.message}</span>
          {failure.deniedAction !== undefined && (
            <CopyText
              short="Policy statement"
              whole={policyStatement(failure.deniedAction, streamArn)}
              what={`the statement that allows ${failure.deniedAction}`}
            />
          )}
        </td>
      )}
    </tr>
  );
});
