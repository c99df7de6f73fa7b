'use client';

import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { showToast } from '#components/toasts/toast-queue.ts';
import type { StreamConsumer, StreamSettings } from '#lib/domain/stream-settings.ts';
import { countOf } from '#lib/format/count.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { retentionWords } from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ChangeForm } from './change-form.tsx';
import classes from './delete-stream-dialog.module.css';
import { Dialog } from './dialog.tsx';

/** Deletes a stream once its name has been written by hand; says before what is lost. */
export function DeleteStreamDialog(props: {
  readonly row: StreamRow;
  readonly settings: StreamSettings;
  /** null where they cannot be read; their number is known all the same. */
  readonly consumers: readonly StreamConsumer[] | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={`Delete ${props.row.streamName}?`} opened={props.opened} onClose={props.onClose}>
      <DeleteForm {...props} />
    </Dialog>
  );
}

function DeleteForm({
  row,
  settings,
  consumers,
  onClose,
}: Parameters<typeof DeleteStreamDialog>[0]) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typedName, setTypedName] = useState('');
  const [withConsumers, setWithConsumers] = useState(false);
  const { connection, streamName, streamId } = row;
  const remove = useMutation(
    trpc.streamAdmin.delete.mutationOptions({
      onSuccess: async () => {
        onClose();
        showToast({
          title: `${streamName} is being deleted`,
          message: 'It is gone when AWS has finished, mostly within a minute.',
        });
        await queryClient.invalidateQueries({ queryKey: trpc.streamAdmin.settings.queryKey() });
      },
    }),
  );
  const names = consumers?.map(({ consumerName }) => consumerName).join(', ') ?? '';
  const blocked =
    typedName !== streamName
      ? 'Write the name of the stream.'
      : settings.consumerCount > 0 && !withConsumers
        ? 'Confirm that its consumers go with it.'
        : null;
  return (
    <ChangeForm
      label={`Delete ${streamName}`}
      blocked={blocked}
      submitLabel="Delete the stream"
      danger
      pending={remove.isPending}
      failure={remove.error}
      failureTitle="Nothing was deleted"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => remove.mutate({ connection, streamName, streamId, typedName, withConsumers })}
    >
      <ul className={classes.losses}>
        <li>
          All records of the last {retentionWords(settings.retentionHours)} go, read or not, in{' '}
          {countOf(settings.openShardCount, 'open shard')}. Nothing brings them back.
        </li>
        <li>
          Producers and consumers fail with ResourceNotFoundException from then on. Positions that
          consumers keep elsewhere (leases of the KCL) stay, and mean nothing any more.
        </li>
        <li>
          A stream made again under the same name is another one: settings, tags and history do not
          come back with it.
        </li>
      </ul>
      {settings.consumerCount > 0 && (
        <Checkbox
          label={`Deregister ${countOf(settings.consumerCount, 'consumer')} of enhanced fan-out with it${names === '' ? '' : `: ${names}`}`}
          checked={withConsumers}
          onChange={(event) => setWithConsumers(event.currentTarget.checked)}
        />
      )}
      <TextInput
        label={
          <>
            Write <strong>{streamName}</strong> to confirm
          </>
        }
        value={typedName}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => setTypedName(event.currentTarget.value)}
      />
    </ChangeForm>
  );
}
