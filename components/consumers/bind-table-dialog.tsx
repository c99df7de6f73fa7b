'use client';

import { NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { bindingWords } from '#lib/consumers/binding-words.ts';
import type { ConsumerTableView } from '#lib/consumers/stream-consumers-view.ts';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Says which stream a lease table is of, where its rows do not; nothing changes at AWS. */
export function BindTableDialog(props: {
  readonly table: ConsumerTableView;
  readonly connection: string;
  /** The stream whose page this is: proposed first. */
  readonly streamId: number;
  readonly onClose: () => void;
  readonly onChanged: () => unknown;
}) {
  const { table, connection, onClose } = props;
  const { tableName, boundByHandTo } = table;
  const trpc = useTRPC();
  const { rows } = useStreamRows();
  const [chosen, setChosen] = useState(String(boundByHandTo?.streamId ?? props.streamId));
  const bind = useMutation(
    trpc.consumers.bindTable.mutationOptions({
      onSuccess: () => {
        onClose();
        showToast({
          title: `${tableName} is ${chosen === '' ? 'bound by what its rows tell' : 'bound by hand'}`,
          message: 'Its leases are read within the next round.',
        });
        void props.onChanged();
      },
    }),
  );
  const same = chosen === String(boundByHandTo?.streamId ?? '');
  return (
    <Dialog title={`Which stream is ${tableName} of?`} opened onClose={onClose}>
      <ChangeForm
        label={`Bind ${tableName} by hand`}
        blocked={same ? 'It is bound like this already.' : null}
        submitLabel={chosen === '' ? 'Undo the binding' : 'Bind by hand'}
        pending={bind.isPending}
        failure={bind.error}
        failureTitle="Nothing was bound"
        streamArn={null}
        onCancel={onClose}
        onSubmit={() =>
          bind.mutate({
            connection,
            tableName,
            streamId: chosen === '' ? null : Number(chosen),
          })
        }
      >
        <p>{bindingWords(table)}</p>
        <p>
          A table of a single-stream application never names its stream. What is said here goes
          before what its rows tell; it is written down with your name. Nothing changes at AWS.
        </p>
        <NativeSelect
          label="Stream"
          value={chosen}
          data={[
            ...(boundByHandTo === null ? [] : [{ value: '', label: 'As its rows tell' }]),
            ...rows
              .filter((row) => row.connection === connection)
              .map((row) => ({ value: String(row.streamId), label: row.streamName })),
          ]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      </ChangeForm>
    </Dialog>
  );
}
