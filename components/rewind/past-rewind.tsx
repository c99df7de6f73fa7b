'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { countOf } from '#lib/format/count.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { RewindView } from '#lib/rewind/rewind-view.ts';
import { rewindStateWords, targetWords } from '#lib/rewind/rewind-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './rewind.module.css';
import type { RewindSubject } from './rewind-dialog.tsx';

/** One rewind: who, when, where to, how it ended; to be put back by one click, or finished where it was cut off. */
export function PastRewind(props: {
  readonly view: RewindView;
  readonly subject: RewindSubject;
  readonly readOnly: boolean;
  readonly onChanged: () => unknown;
}) {
  const { view, subject, readOnly, onChanged } = props;
  const { connection, name, streamArn } = subject;
  const { rewindId, target, actor, startedAtMs, state, isCutOff } = view;
  const trpc = useTRPC();
  const zone = useZone();
  const onSuccess = ({ written }: { readonly written: number }) => {
    showToast({
      title: `${countOf(written, 'lease')} of ${name} set`,
      message: 'Start its workers: they read on from there.',
    });
    void onChanged();
  };
  const restore = useMutation(trpc.rewinds.restore.mutationOptions({ onSuccess }));
  const finish = useMutation(trpc.rewinds.finish.mutationOptions({ onSuccess }));
  const pending = restore.isPending || finish.isPending;
  const failure = restore.error ?? finish.error;
  const input = { connection, rewindId, typedName: null };
  const mayRestore = state === 'done' || state === 'broken' || isCutOff;
  return (
    <li>
      <div className={classes.entry}>
        <time
          className={classes.when}
          dateTime={startedAtMs === null ? undefined : new Date(startedAtMs).toISOString()}
        >
          {startedAtMs === null ? '' : formatInstant(startedAtMs, zone)}
        </time>
        <span>
          {actor} set it {targetWords(target, zone)}. {rewindStateWords(view)}
        </span>
        <span className={classes.buttons}>
          {isCutOff && (
            <Button disabled={pending || readOnly} onClick={() => finish.mutate(input)}>
              Finish it
            </Button>
          )}
          {mayRestore && (
            <Button disabled={pending || readOnly} onClick={() => restore.mutate(input)}>
              Put the leases back
            </Button>
          )}
        </span>
      </div>
      {failure !== null && (
        <FailureNotice
          title="It was not carried out to its end"
          message={failure.message}
          deniedAction={failure.data?.deniedAction ?? null}
          streamArn={streamArn}
        />
      )}
    </li>
  );
}
