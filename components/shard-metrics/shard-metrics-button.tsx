'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';

const ShardMetricsDialog = dynamic(() =>
  import('./shard-metrics-dialog.tsx').then((m) => m.ShardMetricsDialog),
);

/** Opens the choice of shard-level metrics; not where nothing may be changed, which it says. */
export function ShardMetricsButton({ row }: { readonly row: StreamRow }) {
  const [opened, setOpened] = useState(false);
  const { connections } = useStreamRows();
  const readOnly =
    connections.find(({ connection }) => connection === row.connection)?.readOnly ?? false;
  const refused = readOnly
    ? `Connection “${row.connection}” is read-only: who runs Kinetoscope can allow changes with readOnly: false.`
    : row.status === 'DELETING'
      ? 'The stream is being deleted: nothing of it can be changed.'
      : null;
  return (
    <>
      <Button
        onClick={() => setOpened(true)}
        disabled={refused !== null}
        title={refused ?? undefined}
      >
        {row.shardMetricsOn ? 'Change shard-level metrics…' : 'Switch on shard-level metrics…'}
      </Button>
      {opened && (
        <LatePart over>
          <ShardMetricsDialog row={row} onClose={() => setOpened(false)} />
        </LatePart>
      )}
    </>
  );
}
