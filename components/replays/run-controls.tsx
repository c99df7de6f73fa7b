'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { formatCount } from '#lib/format/count.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { NewReplayButton } from './new-replay-button.tsx';
import { PaceButton } from './pace-button.tsx';
import classes from './replays.module.css';

/** What can be asked of a replay in its state. */
export function RunControls({ run }: { readonly run: ReplayView }) {
  const { control, resume } = useControls();
  const { id, allowed, target } = run;
  const pending = control.isPending || resume.isPending;
  const failure = control.error ?? resume.error;
  return (
    <>
      <div className={classes.buttons}>
        {allowed.includes('pause') && (
          <Button disabled={pending} onClick={() => control.mutate({ id, event: 'pause' })}>
            Pause
          </Button>
        )}
        {allowed.includes('resume') && target !== null && (
          <Button
            disabled={pending}
            onClick={() => resume.mutate({ id, connection: target.connection })}
          >
            Resume
          </Button>
        )}
        {allowed.includes('change-pace') && <PaceButton run={run} />}
        {allowed.includes('cancel') && <CancelButton run={run} />}
        {isRunOver(run.state) && (
          <NewReplayButton origin={{ from: 'replay', id }}>
            New replay from this one
          </NewReplayButton>
        )}
      </div>
      {failure !== null && <p role="alert">{failure.message}</p>}
    </>
  );
}

function CancelButton({ run }: { readonly run: ReplayView }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Cancel…</Button>
      <Dialog title={`Cancel replay ${run.id}?`} opened={open} onClose={close}>
        <CancelForm run={run} onClose={close} />
      </Dialog>
    </>
  );
}

function CancelForm({ run, onClose }: { readonly run: ReplayView; readonly onClose: () => void }) {
  const { control } = useControls();
  return (
    <ChangeForm
      label={`Cancel replay ${run.id}`}
      blocked={null}
      submitLabel="Cancel the replay"
      danger
      pending={control.isPending}
      pendingLabel="Cancelling…"
      failure={control.error}
      failureTitle="It was not cancelled"
      streamArn={null}
      cancelLabel="Let it be"
      onCancel={onClose}
      onSubmit={() => control.mutate({ id: run.id, event: 'cancel' }, { onSuccess: onClose })}
    >
      <p>
        No new request begins, and it cannot be resumed. The {formatCount(run.ledger.emitted)}{' '}
        records that {run.target?.streamName ?? 'the target'} has taken stay there: nothing takes
        them back. To go on later, pause it.
      </p>
    </ChangeForm>
  );
}

function useControls() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() });
  return {
    control: useMutation(trpc.replays.control.mutationOptions({ onSettled })),
    resume: useMutation(trpc.replays.resume.mutationOptions({ onSettled })),
  };
}
