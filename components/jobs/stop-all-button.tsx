'use client';

import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { formatAge } from '#lib/format/age.ts';
import { stoppedWords, stopSentences } from '#lib/jobs/stoppable-jobs.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './stop-all-button.module.css';

const ASK_AGAIN_MS = 2_000;

/** The emergency stop of reshards, policies and replays, after it was said what it does and why it is done. */
export function StopAllButton() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Stop all jobs…</Button>
      <Dialog title="Stop all jobs?" opened={open} onClose={close}>
        <StopAllForm onClose={close} />
      </Dialog>
    </>
  );
}

function StopAllForm({ onClose }: { readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const nowMs = useServerNow();
  const [purpose, setPurpose] = useState('');
  const { data, error } = useQuery(
    trpc.jobs.stoppable.queryOptions(undefined, { refetchInterval: ASK_AGAIN_MS }),
  );
  const stop = useMutation(
    trpc.jobs.stopAll.mutationOptions({
      onSuccess: (stopped) => {
        onClose();
        showToast({ title: 'All jobs stopped', message: stoppedWords(stopped) });
      },
      onSettled: () =>
        Promise.all(
          [trpc.jobs, trpc.replays, trpc.reshard, trpc.autoscale].map((of) =>
            queryClient.invalidateQueries({ queryKey: of.pathKey() }),
          ),
        ),
    }),
  );
  const sentences = data === undefined ? null : stopSentences(data);
  return (
    <ChangeForm
      label="Stop all jobs"
      blocked={
        sentences?.length === 0
          ? 'Nothing is under way that could be stopped.'
          : purpose.trim() === ''
            ? 'Write why it is done.'
            : null
      }
      submitLabel="Stop all jobs"
      danger
      pending={stop.isPending}
      pendingLabel="Stopping…"
      failure={stop.error}
      failureTitle="Not all were stopped"
      streamArn={null}
      cancelLabel="Let them go on"
      onCancel={onClose}
      onSubmit={() => stop.mutate({ purpose: purpose.trim() })}
    >
      {sentences === null ? (
        <p>
          {error === null
            ? 'Reading what is under way…'
            : `What is under way could not be read: ${error.message} All of it is stopped all the same.`}
        </p>
      ) : sentences.length === 0 ? (
        <p>No reshard and no replay is under way, and no policy acts by itself.</p>
      ) : (
        <ul className={classes.list}>
          {sentences.map(({ kind, words }) => (
            <li key={kind}>{words}</li>
          ))}
        </ul>
      )}
      <Quiet>
        Of all connections, whoever began them. Nothing is lost: each replay and reshard goes on
        from where it is when somebody resumes it, and each policy when somebody lets it act again.
        {data !== undefined && ` Own journal, read ${formatAge(nowMs - data.readAtMs)} ago.`}
      </Quiet>
      <TextInput
        label="Why (kept with each of them, and in the audit)"
        value={purpose}
        maxLength={1_000}
        data-autofocus
        onChange={({ currentTarget: { value } }) => setPurpose(value)}
        w="min(100%, 420px)"
      />
    </ChangeForm>
  );
}
