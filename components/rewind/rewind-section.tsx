'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { PastRewind } from './past-rewind.tsx';
import classes from './rewind.module.css';
import type { RewindSubject } from './rewind-dialog.tsx';

const RewindDialog = dynamic(() => import('./rewind-dialog.tsx').then((m) => m.RewindDialog));

/** Sets an application's checkpoints, and what was set before, to be put back. */
export function RewindSection({ subject }: { readonly subject: RewindSubject }) {
  const trpc = useTRPC();
  const [opened, setOpened] = useState(false);
  const { connections } = useStreamRows();
  const { connection, applicationId } = subject;
  const readOnly = connections.find((one) => one.connection === connection)?.readOnly ?? false;
  const { data, error, refetch } = useQuery(
    trpc.rewinds.list.queryOptions({ applicationId }, { refetchOnWindowFocus: true }),
  );
  return (
    <PageSection
      title="Checkpoints"
      beside={
        <>
          <p className={classes.quiet}>
            {error === null ? 'to be set where its workers read on' : `Not read: ${error.message}`}
          </p>
          <Button
            className={classes.set ?? ''}
            disabled={readOnly}
            title={
              readOnly
                ? `Connection “${connection}” is read-only: who runs Kinetoscope can allow changes with readOnly: false.`
                : undefined
            }
            onClick={() => setOpened(true)}
          >
            Set to another place…
          </Button>
        </>
      }
    >
      {data?.length === 0 && (
        <p className={classes.quiet}>No checkpoint of this application was set from here.</p>
      )}
      {data !== undefined && data.length > 0 && (
        <ol className={classes.past} aria-label="Rewinds, newest first">
          {data.map((view) => (
            <PastRewind
              key={view.rewindId}
              view={view}
              subject={subject}
              readOnly={readOnly}
              onChanged={refetch}
            />
          ))}
        </ol>
      )}
      {opened && (
        <LatePart over>
          <RewindDialog subject={subject} onClose={() => setOpened(false)} onChanged={refetch} />
        </LatePart>
      )}
    </PageSection>
  );
}
