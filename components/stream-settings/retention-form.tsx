'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import { PriceNote } from '#components/stream-admin/price-note.tsx';
import { retentionFault } from '#lib/domain/stream-rules.ts';
import { typedNumber } from '#lib/stream-admin/create-draft.ts';
import {
  priceChangeWords,
  retentionConsequence,
  retentionWords,
} from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import type { SettingFormProps } from './setting-form-props.ts';
import { targetOf, useAfterChange } from './use-stream-settings.ts';

export function RetentionForm({ row, settings, onClose }: SettingFormProps) {
  const trpc = useTRPC();
  const afterChange = useAfterChange(row);
  // What the person saw when the form was opened is what AWS must still say when it is sent.
  const [seenHours] = useState(settings.retentionHours);
  const [text, setText] = useState(String(seenHours));
  const hours = typedNumber(text);
  const fault = retentionFault(hours);
  const change = useMutation(
    trpc.streamAdmin.changeRetention.mutationOptions({
      onSuccess: async (outcome) => {
        onClose();
        await afterChange(`Retention of ${row.streamName}: ${retentionWords(hours)}`, outcome);
      },
    }),
  );
  const isNew = fault === null && hours !== seenHours;
  const price = isNew
    ? priceChangeWords(pricedAt(settings, seenHours), pricedAt(settings, hours))
    : null;
  return (
    <ChangeForm
      label="Change the retention"
      blocked={fault ?? (isNew ? null : 'It is that already.')}
      submitLabel={isNew ? `Set retention to ${retentionWords(hours)}` : 'Set retention'}
      danger={isNew && hours < seenHours}
      pending={change.isPending}
      failure={change.error}
      failureTitle="Retention was not changed"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => change.mutate({ ...targetOf(row), seenHours, hours })}
      consequence={
        isNew && (
          <>
            <p>{retentionConsequence(seenHours, hours)}</p>
            {price !== null && <PriceNote words={price} />}
          </>
        )
      }
    >
      <NumberField
        label="Retention"
        unit="hours"
        value={text}
        fault={text === '' ? null : fault}
        onChange={setText}
        autoFocus
      />
    </ChangeForm>
  );
}

function pricedAt({ mode, openShardCount }: SettingFormProps['settings'], retentionHours: number) {
  return { mode, shardCount: openShardCount, retentionHours };
}
