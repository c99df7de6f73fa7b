'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { PriceNote } from '#components/stream-admin/price-note.tsx';
import type { StreamMode } from '#lib/domain/stream.ts';
import {
  MODE_RULE,
  MODE_WORDS,
  modeConsequence,
  priceChangeWords,
} from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import type { SettingFormProps } from './setting-form-props.ts';
import { targetOf, useAfterChange } from './use-stream-settings.ts';

export function ModeForm({ row, settings, onClose }: SettingFormProps) {
  const trpc = useTRPC();
  const afterChange = useAfterChange(row);
  const [seenMode] = useState<StreamMode>(settings.mode);
  const mode: StreamMode = seenMode === 'ON_DEMAND' ? 'PROVISIONED' : 'ON_DEMAND';
  const change = useMutation(
    trpc.streamAdmin.changeMode.mutationOptions({
      onSuccess: async (outcome) => {
        onClose();
        await afterChange(`${row.streamName} is ${MODE_WORDS[mode].toLowerCase()}`, outcome);
      },
    }),
  );
  const { openShardCount, retentionHours } = settings;
  const price = priceChangeWords(
    { mode: seenMode, shardCount: openShardCount, retentionHours },
    { mode, shardCount: openShardCount, retentionHours },
  );
  return (
    <ChangeForm
      label="Change the capacity mode"
      blocked={null}
      submitLabel={`Switch to ${MODE_WORDS[mode].toLowerCase()}`}
      pending={change.isPending}
      failure={change.error}
      failureTitle="The mode was not changed"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => change.mutate({ ...targetOf(row), seenMode, mode })}
      consequence={price !== null && <PriceNote words={price} />}
    >
      <p>
        {modeConsequence(mode)} {MODE_RULE}
      </p>
    </ChangeForm>
  );
}
