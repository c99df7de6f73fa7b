'use client';

import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { consumerNameFault } from '#lib/consumers/consumer-name-fault.ts';
import { countOf } from '#lib/format/count.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Registers a consumer of enhanced fan-out with a stream; says before what AWS charges for. */
export function RegisterConsumerDialog(props: {
  readonly row: StreamRow;
  readonly onClose: () => void;
  readonly onChanged: () => unknown;
}) {
  const { row, onClose } = props;
  const { connection, streamName, streamId, streamArn } = row;
  const trpc = useTRPC();
  const [consumerName, setConsumerName] = useState('');
  const register = useMutation(
    trpc.consumers.register.mutationOptions({
      onSuccess: () => {
        onClose();
        showToast({
          title: `${consumerName} is registered`,
          message: 'It can be subscribed to as soon as AWS has made it active, mostly in seconds.',
        });
        void props.onChanged();
      },
    }),
  );
  const fault = consumerNameFault(consumerName);
  return (
    <Dialog title={`Register a consumer of ${streamName}`} opened onClose={onClose}>
      <ChangeForm
        label={`Register a consumer of ${streamName}`}
        blocked={consumerName === '' ? 'Write a name.' : fault}
        submitLabel="Register"
        pending={register.isPending}
        failure={register.error}
        failureTitle="Nothing was registered"
        streamArn={streamArn}
        onCancel={onClose}
        onSubmit={() => register.mutate({ connection, streamName, streamId, consumerName })}
      >
        <p>
          A consumer of enhanced fan-out has 2 MiB/s of each shard to itself, besides what all who
          poll share. AWS charges for it by the hour and shard from now on, subscribed or not (
          {countOf(row.openShardCount, 'open shard')}), and for each GiB that it reads.
        </p>
        <TextInput
          label="Name"
          value={consumerName}
          error={fault}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => setConsumerName(event.currentTarget.value)}
        />
      </ChangeForm>
    </Dialog>
  );
}
