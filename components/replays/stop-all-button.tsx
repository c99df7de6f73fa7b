'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { countOf } from '#lib/format/count.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Pauses all replays that send, after a question. */
export function StopAllButton() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const stop = useMutation(
    trpc.replays.pauseAll.mutationOptions({
      onSuccess: ({ paused }) => {
        setOpen(false);
        showToast({
          title: `${countOf(paused, 'replay')} told to pause`,
          message: 'Each is paused as soon as the requests that it has under way are answered.',
        });
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>Stop all</Button>
      <Dialog title="Stop all replays?" opened={open} onClose={() => setOpen(false)}>
        <ChangeForm
          label="Stop all replays"
          blocked={null}
          submitLabel="Stop all"
          danger
          pending={stop.isPending}
          failure={stop.error}
          failureTitle="Not all were stopped"
          streamArn={null}
          cancelLabel="Let them go on"
          onCancel={() => setOpen(false)}
          onSubmit={() => stop.mutate()}
        >
          <p>
            Every replay that sends, whoever started it, is paused: no new request begins. Nothing
            is lost; each goes on from where it is when somebody resumes it.
          </p>
        </ChangeForm>
      </Dialog>
    </>
  );
}
