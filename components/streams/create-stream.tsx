'use client';

import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import type { CreatedStream } from '#components/stream-admin/create-stream-dialog.tsx';
import type { ConnectionState } from '#lib/live/stream-row.ts';

// The form comes when somebody wants it: the list must not wait for it.
const CreateStreamDialog = dynamic(() =>
  import('#components/stream-admin/create-stream-dialog.tsx').then((m) => m.CreateStreamDialog),
);

/** The way to a new stream; says why where no connection allows one. */
export function CreateStream({
  connections,
  onCreated,
}: {
  readonly connections: readonly ConnectionState[];
  readonly onCreated?: (stream: CreatedStream) => void;
}) {
  const [open, setOpen] = useState(false);
  const refused =
    connections.length === 0
      ? 'No connection has been read yet.'
      : connections.every(({ readOnly }) => readOnly)
        ? 'All connections are read-only: who runs Kinetoscope can allow changes with readOnly: false in kinetoscope.config.yaml.'
        : null;
  return (
    <>
      <Button
        disabled={refused !== null}
        title={refused ?? undefined}
        onClick={() => setOpen(true)}
      >
        <IconPlus size={14} stroke={1.75} aria-hidden />
        Create stream
      </Button>
      {open && (
        <LatePart over>
          <CreateStreamDialog
            connections={connections}
            onClose={() => setOpen(false)}
            onCreated={onCreated}
          />
        </LatePart>
      )}
    </>
  );
}
