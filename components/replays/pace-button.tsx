'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { PaceFields } from '#components/replay-wizard/pace-fields.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { paceFaultWords } from '#lib/replay/finding-words.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Another pace, also while it runs. */
export function PaceButton({ run }: { readonly run: ReplayView }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Change pace…</Button>
      <Dialog title={`Pace of replay ${run.id}`} opened={open} onClose={close}>
        <PaceForm run={run} onClose={close} />
      </Dialog>
    </>
  );
}

function PaceForm({ run, onClose }: { readonly run: ReplayView; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // What was seen when it was opened: a change of somebody else's meanwhile is a conflict, not overwritten.
  const [seen] = useState({ pace: run.pace, paceRevision: run.paceRevision });
  const [pace, setPace] = useState(seen.pace);
  const change = useMutation(
    trpc.replays.changePace.mutationOptions({
      onSuccess: () => {
        onClose();
        showToast({
          title: `Pace of replay ${run.id} changed`,
          message: 'Its workers go by it within a second or two.',
        });
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  const blocked =
    pace.pace.kind === 'timed' && run.timedFault !== null
      ? paceFaultWords(run.timedFault)
      : JSON.stringify(pace) === JSON.stringify(seen.pace)
        ? 'Nothing is changed yet.'
        : null;
  return (
    <ChangeForm
      label={`Pace of replay ${run.id}`}
      blocked={blocked}
      submitLabel="Set the pace"
      pending={change.isPending}
      pendingLabel="Setting it…"
      failure={change.error}
      failureTitle="The pace is as it was"
      streamArn={null}
      onCancel={onClose}
      onSubmit={() =>
        change.mutate({
          id: run.id,
          connection: run.target?.connection ?? '',
          paceRevision: seen.paceRevision,
          pace,
        })
      }
    >
      <PaceFields pace={pace} onChange={(part) => setPace((before) => ({ ...before, ...part }))} />
    </ChangeForm>
  );
}
