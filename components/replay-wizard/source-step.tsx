'use client';

import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import { ArchiveByHand } from './archive-by-hand.tsx';
import { ArchiveCards } from './archive-cards.tsx';
import { ArchiveWindow } from './archive-window.tsx';
import { QuarantineSource } from './quarantine-source.tsx';
import classes from './replay-wizard.module.css';
import type { RunStepProps } from './step-props.ts';

/** Which archive is replayed, and what time of it. */
export function SourceStep(props: RunStepProps) {
  return props.run.quarantineOf === null ? (
    <ArchiveStep {...props} />
  ) : (
    <QuarantineSource of={props.run.quarantineOf} />
  );
}

function ArchiveStep({ draft, edit }: RunStepProps) {
  const { connections } = useStreamRows();
  const [connection, setConnection] = useState(
    draft.source?.connection ?? draft.target?.connection ?? connections[0]?.connection ?? '',
  );
  return (
    <>
      <div className={classes.part}>
        {connections.length > 1 && (
          <NativeSelect
            label="Connection by which the archive is read"
            value={connection}
            data={connections.map((one) => ({
              value: one.connection,
              label: `${one.connection} (${one.source}, ${one.region})`,
            }))}
            onChange={({ currentTarget: { value } }) => setConnection(value)}
            w="min(100%, 360px)"
          />
        )}
        {connection === '' ? (
          <p>No connection is configured, so nothing can be read.</p>
        ) : (
          <>
            <ArchiveCards key={connection} connection={connection} draft={draft} edit={edit} />
            <ArchiveByHand connection={connection} draft={draft} edit={edit} />
          </>
        )}
      </div>
      {draft.source !== null && draft.source.bucket !== '' && (
        <ArchiveWindow
          key={`${draft.source.connection} ${draft.source.bucket} ${draft.source.prefix}`}
          source={draft.source}
          draft={draft}
          edit={edit}
        />
      )}
    </>
  );
}
