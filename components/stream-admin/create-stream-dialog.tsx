'use client';

import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Quiet } from '#components/primitives/quiet.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { monthlyPrice } from '#lib/domain/stream-price.ts';
import { AWS_OWNED_KEY, keyIdFault, streamNameFault } from '#lib/domain/stream-rules.ts';
import type { ConnectionState } from '#lib/live/stream-row.ts';
import {
  type CreateDraft,
  draftFault,
  draftInput,
  draftPrice,
  emptyDraft,
  fieldFault,
} from '#lib/stream-admin/create-draft.ts';
import { quotaWords } from '#lib/stream-admin/quota-words.ts';
import { MODE_WORDS, priceWords } from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ChangeForm } from './change-form.tsx';
import classes from './create-stream-dialog.module.css';
import { Dialog } from './dialog.tsx';
import { NumberField } from './field.tsx';
import { PriceNote } from './price-note.tsx';
import { TagEditor } from './tag-editor.tsx';

/** Which stream is being created. */
export type CreatedStream = { readonly connection: string; readonly streamName: string };

/** Creates a stream on one of the connections that allow it. */
export function CreateStreamDialog(props: {
  readonly connections: readonly ConnectionState[];
  readonly onClose: () => void;
  /** Called before it is closed, where AWS has begun to create one. */
  readonly onCreated?: ((stream: CreatedStream) => void) | undefined;
}) {
  return (
    <Dialog title="Create a stream" opened onClose={props.onClose}>
      <CreateForm {...props} />
    </Dialog>
  );
}

function CreateForm({ connections, onClose, onCreated }: Parameters<typeof CreateStreamDialog>[0]) {
  const trpc = useTRPC();
  const writable = connections.filter(({ readOnly }) => !readOnly);
  const [connection, setConnection] = useState(writable[0]?.connection ?? '');
  const [draft, setDraft] = useState<CreateDraft>(emptyDraft);
  const set = (change: Partial<CreateDraft>) => setDraft((before) => ({ ...before, ...change }));
  const limits = useQuery(
    trpc.streamAdmin.accountLimits.queryOptions(
      { connection },
      { enabled: connection !== '', retry: false, gcTime: 60_000, staleTime: 30_000 },
    ),
  );
  const quota = quotaWords(draft, limits.data?.limits ?? null);
  const create = useMutation(
    trpc.streamAdmin.create.mutationOptions({
      onSuccess: ({ answered }) => {
        onCreated?.({ connection, streamName: draft.streamName });
        onClose();
        showToast({
          title: `${draft.streamName} is being created`,
          message: answered
            ? 'It stands in the list as CREATING, and becomes ACTIVE by itself.'
            : 'The answer of AWS was lost; the stream was found, so it was created.',
        });
      },
    }),
  );
  const price = draftPrice(draft);
  return (
    <ChangeForm
      label="Create a stream"
      blocked={draftFault(draft) ?? (quota?.refused === true ? quota.words : null)}
      submitLabel="Create the stream"
      pending={create.isPending}
      failure={create.error}
      failureTitle="No stream was created"
      streamArn={null}
      onCancel={onClose}
      onSubmit={() => create.mutate({ connection, ...draftInput(draft) })}
      consequence={
        <>
          {price !== null && <PriceNote words={priceWords(monthlyPrice(price))} />}
          {quota !== null && <p data-refused={quota.refused || undefined}>{quota.words}</p>}
        </>
      }
    >
      {connections.length > 1 && (
        <NativeSelect
          label="Connection"
          value={connection}
          data={writable.map((c) => ({
            value: c.connection,
            label: `${c.connection} (${c.source}, ${c.region})`,
          }))}
          onChange={(event) => setConnection(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Name"
        description="Letters, digits, and _ . - ; unique in the account and region."
        value={draft.streamName}
        error={draft.streamName === '' ? null : streamNameFault(draft.streamName)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => set({ streamName: event.currentTarget.value })}
      />
      <div className={classes.row}>
        <SegmentedControl
          aria-label="Capacity mode"
          value={draft.mode}
          data={(['PROVISIONED', 'ON_DEMAND'] as const).map((value) => ({
            value,
            label: MODE_WORDS[value],
          }))}
          onChange={(value) => set({ mode: value === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED' })}
        />
        <Quiet>
          {draft.mode === 'ON_DEMAND'
            ? 'AWS chooses the number of shards; it begins with 4 MB/s of writes.'
            : 'You choose the number of shards; each takes 1 MiB/s and 1,000 records/s.'}
        </Quiet>
      </div>
      <div className={classes.row}>
        {draft.mode === 'PROVISIONED' && (
          <NumberField
            label="Shards"
            unit="open"
            value={draft.shards}
            fault={fieldFault(draft, 'shards')}
            onChange={(shards) => set({ shards })}
          />
        )}
        <NumberField
          label="Retention"
          unit="hours"
          value={draft.retention}
          fault={fieldFault(draft, 'retention')}
          onChange={(retention) => set({ retention })}
        />
        <NumberField
          label="Maximum record size"
          unit="KiB"
          value={draft.recordKiB}
          fault={fieldFault(draft, 'recordKiB')}
          onChange={(recordKiB) => set({ recordKiB })}
        />
      </div>
      <Checkbox
        label="Encrypt by a key of AWS KMS"
        checked={draft.encrypted}
        onChange={(event) => set({ encrypted: event.currentTarget.checked })}
      />
      {draft.encrypted && (
        <TextInput
          label="KMS key: id, ARN, or alias"
          description={`${AWS_OWNED_KEY} is owned by Kinesis and costs nothing by the month.`}
          value={draft.keyId}
          error={draft.keyId === '' ? null : keyIdFault(draft.keyId)}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set({ keyId: event.currentTarget.value })}
        />
      )}
      <TagEditor lines={draft.tags} onChange={(tags) => set({ tags })} />
      {(draft.encrypted || draft.retention.trim() !== '24') && (
        <Quiet>
          Retention above 24 h and encryption are set by Kinetoscope as soon as the stream is
          ACTIVE.
        </Quiet>
      )}
    </ChangeForm>
  );
}
