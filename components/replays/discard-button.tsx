'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Throws a draft away, after a question: what was decided in it is gone. */
export function DiscardButton({ id }: { readonly id: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const discard = useMutation(
    trpc.replays.discardDraft.mutationOptions({
      onSuccess: () => setOpen(false),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  return (
    <>
      <Button aria-label={`Discard the draft of replay ${id}`} onClick={() => setOpen(true)}>
        Discard…
      </Button>
      <Dialog
        title={`Discard the draft of replay ${id}?`}
        opened={open}
        onClose={() => setOpen(false)}
      >
        <ChangeForm
          label={`Discard the draft of replay ${id}`}
          blocked={null}
          submitLabel="Discard the draft"
          danger
          pending={discard.isPending}
          pendingLabel="Discarding…"
          failure={discard.error}
          failureTitle="It was not discarded"
          streamArn={null}
          cancelLabel="Keep it"
          onCancel={() => setOpen(false)}
          onSubmit={() => discard.mutate({ id })}
        >
          <p>
            What was decided in it is gone for good. Nothing was sent by it, and nothing of the
            archive is touched.
          </p>
        </ChangeForm>
      </Dialog>
    </>
  );
}
