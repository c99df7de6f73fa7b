'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import type { ApplicationView } from '#lib/consumers/application-view.ts';

const DeregisterConsumerDialog = dynamic(() =>
  import('./deregister-consumer-dialog.tsx').then((m) => m.DeregisterConsumerDialog),
);

/** The way to deregister a consumer of enhanced fan-out; nothing for the other kinds. */
export function DeregisterButton({ application }: { readonly application: ApplicationView }) {
  const [opened, setOpened] = useState(false);
  const { fanOutArn, goneAtMs } = application;
  if (fanOutArn === null) return null;
  return (
    <>
      <Button disabled={goneAtMs !== null} onClick={() => setOpened(true)}>
        Deregister
      </Button>
      {opened && (
        <LatePart over>
          <DeregisterConsumerDialog
            application={application}
            consumerArn={fanOutArn}
            onClose={() => setOpened(false)}
          />
        </LatePart>
      )}
    </>
  );
}
