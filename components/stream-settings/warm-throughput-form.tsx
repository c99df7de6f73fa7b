'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import { warmThroughputFault } from '#lib/domain/stream-rules.ts';
import { formatCount } from '#lib/format/count.ts';
import { typedNumber } from '#lib/stream-admin/create-draft.ts';
import { WARM_RULE } from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import type { SettingFormProps } from './setting-form-props.ts';
import { targetOf, useAfterChange } from './use-stream-settings.ts';

export function WarmThroughputForm({ row, settings, onClose }: SettingFormProps) {
  const trpc = useTRPC();
  const afterChange = useAfterChange(row);
  const [seenMiBps] = useState(settings.warmThroughput?.targetMiBps ?? null);
  const [text, setText] = useState(seenMiBps === null ? '' : String(seenMiBps));
  const mibps = typedNumber(text);
  const fault = warmThroughputFault(mibps);
  const isNew = fault === null && mibps !== seenMiBps;
  const change = useMutation(
    trpc.streamAdmin.changeWarmThroughput.mutationOptions({
      onSuccess: async (outcome) => {
        onClose();
        await afterChange(
          `${row.streamName} is made ready for ${formatCount(mibps)} MiB/s`,
          outcome,
        );
      },
    }),
  );
  return (
    <ChangeForm
      label="Change the warm throughput"
      blocked={
        text === ''
          ? 'Write what is to come at once.'
          : (fault ?? (isNew ? null : 'It is that already.'))
      }
      submitLabel={isNew ? `Make ready for ${formatCount(mibps)} MiB/s` : 'Make ready'}
      pending={change.isPending}
      failure={change.error}
      failureTitle="The warm throughput was not changed"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => change.mutate({ ...targetOf(row), seenMiBps, mibps })}
      consequence={isNew && <p>{WARM_RULE}</p>}
    >
      <NumberField
        label="Ready for"
        unit="MiB/s"
        value={text}
        fault={text === '' ? null : fault}
        onChange={setText}
        autoFocus
      />
    </ChangeForm>
  );
}
