'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import { maxRecordFault } from '#lib/domain/stream-rules.ts';
import { typedNumber } from '#lib/stream-admin/create-draft.ts';
import { recordSizeWords } from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import type { SettingFormProps } from './setting-form-props.ts';
import { targetOf, useAfterChange } from './use-stream-settings.ts';

export function RecordSizeForm({ row, settings, onClose }: SettingFormProps) {
  const trpc = useTRPC();
  const afterChange = useAfterChange(row);
  const [seenKiB] = useState(settings.maxRecordKiB);
  const [text, setText] = useState(String(seenKiB));
  const kib = typedNumber(text);
  const fault = maxRecordFault(kib);
  const isNew = fault === null && kib !== seenKiB;
  const change = useMutation(
    trpc.streamAdmin.changeMaxRecordSize.mutationOptions({
      onSuccess: async (outcome) => {
        onClose();
        await afterChange(
          `Maximum record size of ${row.streamName}: ${recordSizeWords(kib)}`,
          outcome,
        );
      },
    }),
  );
  return (
    <ChangeForm
      label="Change the maximum record size"
      blocked={fault ?? (isNew ? null : 'It is that already.')}
      submitLabel={isNew ? `Allow ${recordSizeWords(kib)}` : 'Set the size'}
      pending={change.isPending}
      failure={change.error}
      failureTitle="The maximum record size was not changed"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => change.mutate({ ...targetOf(row), seenKiB, kib })}
      consequence={
        isNew && (
          <p>
            {kib < seenKiB
              ? 'Larger records are refused from then on; those that are stored stay readable.'
              : 'A shard still takes 1 MiB/s on average, so that a larger record uses up several seconds of it. Consumers have to be ready for records of this size.'}
          </p>
        )
      }
    >
      <NumberField
        label="Maximum record size"
        unit="KiB"
        value={text}
        fault={text === '' ? null : fault}
        onChange={setText}
        autoFocus
      />
    </ChangeForm>
  );
}
