'use client';

import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { AWS_OWNED_KEY, keyIdFault } from '#lib/domain/stream-rules.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import type { SettingFormProps } from './setting-form-props.ts';
import { targetOf, useAfterChange } from './use-stream-settings.ts';

export function EncryptionForm({ row, settings, onClose }: SettingFormProps) {
  const trpc = useTRPC();
  const afterChange = useAfterChange(row);
  const [seenKeyId] = useState(settings.keyId);
  const [on, setOn] = useState(true);
  const [text, setText] = useState(seenKeyId ?? AWS_OWNED_KEY);
  const keyId = on ? text.trim() : null;
  const fault = keyId === null ? null : keyIdFault(keyId);
  const isNew = keyId !== seenKeyId;
  const change = useMutation(
    trpc.streamAdmin.changeEncryption.mutationOptions({
      onSuccess: async (outcome) => {
        onClose();
        await afterChange(
          `Encryption of ${row.streamName} is ${keyId === null ? 'off' : 'on'}`,
          outcome,
        );
      },
    }),
  );
  return (
    <ChangeForm
      label="Change the encryption"
      blocked={fault ?? (isNew ? null : 'It is that already.')}
      submitLabel={keyId === null ? 'Stop encrypting' : 'Encrypt by this key'}
      danger={keyId === null}
      pending={change.isPending}
      failure={change.error}
      failureTitle="Encryption was not changed"
      streamArn={settings.streamArn}
      onCancel={onClose}
      onSubmit={() => change.mutate({ ...targetOf(row), seenKeyId, keyId })}
      consequence={
        isNew && (
          <p>
            {keyId === null
              ? 'Records that come from then on are stored without encryption by KMS; those that are stored stay encrypted, and the key must stay usable until they expire.'
              : 'Records that come from then on are encrypted. Producers need kms:GenerateDataKey and consumers kms:Decrypt on the key, or they fail as soon as this is done; a key of your own is charged by KMS.'}
          </p>
        )
      }
    >
      {seenKeyId !== null && (
        <SegmentedControl
          aria-label="Encryption"
          value={on ? 'on' : 'off'}
          data={[
            { value: 'on', label: 'Another key' },
            { value: 'off', label: 'Off' },
          ]}
          onChange={(value) => setOn(value === 'on')}
        />
      )}
      {on && (
        <TextInput
          label="KMS key: id, ARN, or alias"
          description={`${AWS_OWNED_KEY} is owned by Kinesis and costs nothing by the month.`}
          value={text}
          error={text === '' ? null : fault}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
    </ChangeForm>
  );
}
