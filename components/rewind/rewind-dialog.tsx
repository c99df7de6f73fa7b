'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import type { RewindPreview } from '#lib/rewind/rewind-view.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ConfirmRewind } from './confirm-rewind.tsx';
import { PlaceForm } from './place-form.tsx';

/** The application whose checkpoints are set. */
export type RewindSubject = {
  readonly applicationId: number;
  readonly connection: string;
  readonly name: string;
  readonly streamArn: string;
};

/** Sets an application to another place: first where to, then what follows from it, then it is done. */
export function RewindDialog(props: {
  readonly subject: RewindSubject;
  readonly onClose: () => void;
  readonly onChanged: () => unknown;
}) {
  const { subject, onClose, onChanged } = props;
  const trpc = useTRPC();
  const [preview, setPreview] = useState<RewindPreview | null>(null);
  const plan = useMutation(trpc.rewinds.plan.mutationOptions({ onSuccess: setPreview }));
  const { connection, applicationId, name } = subject;
  return (
    <Dialog title={`Set ${name} to another place`} opened onClose={onClose}>
      {preview === null ? (
        <PlaceForm
          subject={subject}
          pending={plan.isPending}
          failure={plan.error}
          onCancel={onClose}
          onPlan={(target, shardIds) =>
            plan.mutate({ connection, applicationId, target, shardIds })
          }
        />
      ) : (
        <ConfirmRewind
          subject={subject}
          preview={preview}
          onBack={() => setPreview(null)}
          onDone={() => {
            onClose();
            void onChanged();
          }}
        />
      )}
    </Dialog>
  );
}
