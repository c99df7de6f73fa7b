import { Fragment } from 'react';
import { Message } from '#components/primitives/message.tsx';
import { PolicyStatement } from '#components/stream-admin/failure-notice.tsx';
import { useLink } from '#lib/live/live-provider.tsx';
import type { ConnectionState } from '#lib/live/stream-row.ts';
import { emptyState } from '#lib/streams/empty-state.ts';
import { TableSkeleton } from './table-skeleton.tsx';

/** What stands in place of the table where there is no stream at all: why, and the next step. */
export function NoStreams({ connections }: { readonly connections: readonly ConnectionState[] }) {
  const state = emptyState(connections, useLink());
  switch (state.kind) {
    case 'loading':
      return <TableSkeleton />;
    case 'unreadable':
      return (
        <Message title="Streams cannot be read">
          {state.failures.map(({ message, deniedAction }) => (
            <Fragment key={message}>
              <p>{message}</p>
              {deniedAction !== null && <PolicyStatement action={deniedAction} streamArn={null} />}
            </Fragment>
          ))}
          <p>Kinetoscope tries again by itself; streams appear here as soon as one answer comes.</p>
        </Message>
      );
    case 'none':
      return (
        <Message title="There is no stream here">
          <p>
            {connections.map((c) => `${c.connection} (${c.source}, ${c.region})`).join(' and ')}{' '}
            {connections.length === 1 ? 'was' : 'were'} read, and no stream was found that the
            include and exclude patterns let through.
          </p>
          <p>
            Create one with the button above, or from a terminal; it appears here within a minute:
          </p>
          <p>
            <code>aws kinesis create-stream --stream-name orders --shard-count 2</code>
          </p>
        </Message>
      );
  }
}
