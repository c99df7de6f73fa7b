import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { retentionWords } from '#lib/stream-admin/setting-words.ts';
import type { PendingSetup } from '#lib/stream-admin/stream-settings-view.ts';
import classes from './setup-notice.module.css';

/** What of a new stream is still to be set, or could not be. */
export function SetupNotice(props: { readonly setup: PendingSetup; readonly streamArn: string }) {
  const { setup } = props;
  const wanted = [
    setup.retentionHours !== null && `retention ${retentionWords(setup.retentionHours)}`,
    setup.keyId !== null && `encryption by ${setup.keyId}`,
  ]
    .filter((words) => words !== false)
    .join(', ');
  if (setup.failure === null) {
    return (
      <p className={classes.notice} role="status">
        Still to be set, as soon as the stream is ACTIVE: {wanted}.
      </p>
    );
  }
  return (
    <FailureNotice
      title={`The stream was created, but not all was set that was asked for: ${wanted}`}
      message={`${setup.failure.message} It is not tried again by itself: set it below.`}
      deniedAction={setup.failure.deniedAction}
      streamArn={props.streamArn}
    />
  );
}
