'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { turnSort } from '#components/primitives/turn-sort.ts';
import type { StreamTabProps } from '#components/stream/stream-tab.ts';
import {
  APPLICATION_SORTS,
  type ApplicationSort,
  arrangeApplications,
  firstDirection,
} from '#lib/consumers/arrange-applications.ts';
import { summariseApplications } from '#lib/consumers/summarise-applications.ts';
import { useNews } from '#lib/consumers/use-news.ts';
import { useFigureNow } from '#lib/live/live-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ApplicationTable } from './application-table.tsx';
import { ConsumerTables } from './consumer-tables.tsx';
import classes from './consumers-tab.module.css';
import { DiscoveryNote } from './discovery-note.tsx';
import { NoApplications } from './no-applications.tsx';

const RegisterConsumerDialog = dynamic(() =>
  import('./register-consumer-dialog.tsx').then((m) => m.RegisterConsumerDialog),
);

const parsers = {
  consumersBy: parseAsStringLiteral(APPLICATION_SORTS).withDefault('status'),
  consumersDir: parseAsStringLiteral(['asc', 'desc'] as const),
};

/** Who reads this stream, how far behind each is, and what is not known of them. */
export function ConsumersTab({ row, gone }: StreamTabProps) {
  const { connection, streamId } = row;
  const trpc = useTRPC();
  const [{ consumersBy: sort, consumersDir }, set] = useQueryStates(parsers, {
    history: 'replace',
  });
  const direction = consumersDir ?? firstDirection(sort);
  const nowMs = useFigureNow();
  const [registering, setRegistering] = useState(false);
  const { data, error, refetch } = useQuery(
    trpc.consumers.ofStream.queryOptions({ connection, streamId }),
  );
  useNews(row.consumers?.readAtMs ?? null, refetch);
  const onSort = (next: ApplicationSort) => {
    const turned = turnSort({ sort, direction }, next, firstDirection);
    void set({ consumersBy: turned.sort, consumersDir: turned.dir });
  };

  if (data === undefined) {
    return (
      <p className={classes.unread}>
        {error === null ? 'Reading who reads the stream…' : `Not read: ${error.message}`}
      </p>
    );
  }
  const lines = arrangeApplications(
    data.applications,
    { search: '', health: null, kind: null, sort, direction },
    nowMs,
  );
  return (
    <div className={classes.tab}>
      <PageSection
        title="Consumers"
        beside={
          <>
            <p className={classes.quiet} role="status">
              {lines.length === 0 ? 'none' : summariseApplications(lines, nowMs)}
              {error !== null && ` Not read again: ${error.message}`}
            </p>
            <Button
              className={classes.register ?? ''}
              disabled={gone}
              onClick={() => setRegistering(true)}
            >
              Register fan-out consumer
            </Button>
          </>
        }
      >
        <DiscoveryNote discovery={data.discovery} />
        {lines.length === 0 ? (
          <NoApplications heading={2} />
        ) : (
          <ApplicationTable
            lines={lines}
            state={{ sort, direction, onSort }}
            withStream={false}
            withConnection={false}
          />
        )}
      </PageSection>
      {registering && (
        <LatePart over>
          <RegisterConsumerDialog
            row={row}
            onClose={() => setRegistering(false)}
            onChanged={refetch}
          />
        </LatePart>
      )}
      {data.tables.length > 0 && (
        <ConsumerTables
          tables={data.tables}
          connection={connection}
          streamId={streamId}
          fixed={gone}
          onChanged={refetch}
        />
      )}
      <p className={classes.quiet}>
        Places come from the checkpoints of leases, whose sequence numbers carry the time of their
        record; arrivals from IncomingRecords of CloudWatch. No record of the stream is read for
        this. Each lag is an interval, as of the instant that is said beside it.
      </p>
    </div>
  );
}
