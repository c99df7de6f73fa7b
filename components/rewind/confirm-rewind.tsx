'use client';

import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import type { RewindPreview } from '#lib/rewind/rewind-view.ts';
import { previewWords } from '#lib/rewind/rewind-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { EffectTable } from './effect-table.tsx';
import classes from './rewind.module.css';
import type { RewindSubject } from './rewind-dialog.tsx';

/** What will be written and read again, and the last question before it is done. */
export function ConfirmRewind(props: {
  readonly subject: RewindSubject;
  readonly preview: RewindPreview;
  readonly onBack: () => void;
  readonly onDone: () => void;
}) {
  const { subject, preview, onBack, onDone } = props;
  const { connection, name, streamArn } = subject;
  const { live, leases, rewindId } = preview;
  const trpc = useTRPC();
  const zone = useZone();
  const [typedName, setTypedName] = useState('');
  const run = useMutation(
    trpc.rewinds.run.mutationOptions({
      onSuccess: ({ written, refused }) => {
        onDone();
        showToast({
          title: `${countOf(written, 'lease')} of ${name} set`,
          message:
            refused.length === 0
              ? 'Start its workers: they read on from there.'
              : `${countOf(refused.length, 'lease')} had changed meanwhile and was left alone.`,
        });
      },
    }),
  );
  const isLive = live.length > 0;
  const blocked =
    leases === 0
      ? 'There is nothing to write.'
      : isLive && typedName !== name
        ? 'Stop its workers and go back, or write the name of the application.'
        : null;
  return (
    <ChangeForm
      label={`Set ${name} to another place`}
      blocked={blocked}
      submitLabel={isLive ? 'Take the leases and set them' : 'Set the checkpoints'}
      danger
      pending={run.isPending}
      failure={run.error}
      failureTitle="It was not carried out to its end"
      streamArn={streamArn}
      cancelLabel="Back"
      onCancel={onBack}
      onSubmit={() => run.mutate({ connection, rewindId, typedName: isLive ? typedName : null })}
    >
      <ul className={classes.preview}>
        {previewWords(preview, zone).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {leases > 0 && <EffectTable preview={preview} />}
      {isLive && (
        <>
          <p className={classes.live}>{liveWords(preview)}</p>
          <TextInput
            label={
              <>
                Write <strong>{name}</strong> to take the leases away from workers that may be at
                work
              </>
            }
            value={typedName}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
        </>
      )}
    </ChangeForm>
  );
}

/** Who is at work, and from when on they count as stopped. */
function liveWords({ live }: RewindPreview): string {
  const owners = [...new Set(live.map(({ owner }) => owner))];
  const [first = ''] = owners;
  const who = owners.length === 1 ? first : `${first} and ${owners.length - 1} more`;
  const waitMs = Math.max(...live.map(({ limitMs, quietMs }) => limitMs - quietMs));
  return `${who} may be at work, on ${countOf(live.length, 'lease')}. Workers that run notice that they have lost their leases only at their next renewal, and what they process until then is read again too. Better stop them: they count as stopped ${formatAge(waitMs)} after their last renewal was seen.`;
}
