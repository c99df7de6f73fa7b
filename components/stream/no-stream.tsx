'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Message } from '#components/primitives/message.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { PolicyStatement } from '#components/stream-admin/failure-notice.tsx';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import { sameTarget } from '#lib/live/watch-target.ts';
import { unreadableStreams } from '#lib/streams/stream-entries.ts';

type NoStreamProps = {
  connection: string;
  streamName: string;
  /** The server's words. */
  reason: string;
};

/** Where no stream bears the name yet; gives way to the stream as soon as one is listed. */
export function NoStream({ connection, streamName, reason }: NoStreamProps) {
  const router = useRouter();
  const { rows, connections } = useStreamRows();
  const listed = rows.some((row) => sameTarget(row, { connection, streamName }));
  // None is known before the worker has said what it reads: that speaks against no connection.
  const connected =
    connections.length === 0 || connections.some((state) => state.connection === connection);
  useEffect(() => {
    if (listed) router.refresh();
  }, [listed, router]);
  const unreadable = unreadableStreams(connections).find((stream) =>
    sameTarget(stream, { connection, streamName }),
  );
  if (unreadable !== undefined) {
    const { message, deniedAction } = unreadable.failure;
    return (
      <Message
        heading={1}
        title={`“${streamName}” cannot be read`}
        action={<PageLink href="/">All streams</PageLink>}
      >
        <p>
          It is listed on connection “{connection}”, but it cannot be described, so that nothing is
          known of it. {message}
        </p>
        {deniedAction !== undefined && (
          <PolicyStatement action={deniedAction} streamArn={unreadable.streamArn} />
        )}
        <p>This page shows it as soon as it can be described: it is tried again and again.</p>
      </Message>
    );
  }
  return (
    <Message
      heading={1}
      title={connected ? `No stream “${streamName}”` : `No connection “${connection}”`}
      action={<PageLink href="/">All streams</PageLink>}
    >
      <p>{reason}</p>
      {connected && <p>This page shows it as soon as it is listed.</p>}
    </Message>
  );
}
