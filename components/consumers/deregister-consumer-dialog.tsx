'use client';

import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import type { ApplicationView } from '#lib/consumers/application-view.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Deregisters a consumer of enhanced fan-out once its name has been written by hand. */
export function DeregisterConsumerDialog(props: {
  readonly application: ApplicationView;
  readonly consumerArn: string;
  readonly onClose: () => void;
}) {
  const { application, consumerArn, onClose } = props;
  const { connection, streamName, streamId, streamArn, name, usedBy } = application;
  const trpc = useTRPC();
  const [typedName, setTypedName] = useState('');
  const deregister = useMutation(
    trpc.consumers.deregister.mutationOptions({
      onSuccess: () => {
        onClose();
        showToast({
          title: `${name} is deregistered`,
          message: 'It leaves the lists with the next search for consumers.',
        });
      },
    }),
  );
  return (
    <Dialog title={`Deregister ${name}?`} opened onClose={onClose}>
      <ChangeForm
        label={`Deregister ${name}`}
        blocked={typedName === name ? null : 'Write the name of the consumer.'}
        submitLabel="Deregister"
        danger
        pending={deregister.isPending}
        failure={deregister.error}
        failureTitle="Nothing was deregistered"
        streamArn={streamArn}
        onCancel={onClose}
        onSubmit={() =>
          deregister.mutate({
            connection,
            streamName,
            streamId,
            consumerName: name,
            consumerArn,
            typedName,
          })
        }
      >
        <p>
          Whoever is subscribed through it is cut off at once
          {usedBy === null ? '.' : `: ${usedBy.name} reads through it.`} Records stay in the stream;
          AWS charges for the consumer no more. One that is registered anew under the same name is
          another one.
        </p>
        <TextInput
          label={
            <>
              Write <strong>{name}</strong> to confirm
            </>
          }
          value={typedName}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => setTypedName(event.currentTarget.value)}
        />
      </ChangeForm>
    </Dialog>
  );
}
