'use client';

import { Button } from '#components/primitives/button.tsx';
import type { StreamTabProps } from '#components/stream/stream-tab.ts';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { SettingsList } from './settings-list.tsx';
import { SetupNotice } from './setup-notice.tsx';
import classes from './stream-settings.module.css';
import { useReadOnlyReason } from './use-settings-lock.ts';
import { useStreamSettings } from './use-stream-settings.ts';

/** The tab of settings: what AWS says that is set, of when that is, and each thing to be changed by itself. */
export function StreamSettings({ row, gone }: StreamTabProps) {
  const settings = useStreamSettings(row);
  const nowMs = useServerNow();
  const readOnlyReason = useReadOnlyReason(row);
  const readOnly = gone ? 'The stream is gone.' : readOnlyReason;
  const view = settings.data;
  const failure = settings.error;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h2 className={classes.title}>Settings</h2>
        <p className={classes.source} role="status">
          {settings.isFetching
            ? 'Asking AWS…'
            : view !== undefined &&
              `DescribeStreamSummary, ListTagsForStream and ListStreamConsumers, read ${formatAge(nowMs - view.readAtMs)} ago`}
        </p>
        <Button onClick={() => void settings.refetch()} disabled={settings.isFetching || gone}>
          Read again
        </Button>
      </div>
      {readOnly !== null && <p className={classes.readOnly}>{readOnly}</p>}
      {failure !== null && (
        <FailureNotice
          title="Settings cannot be read"
          message={failure.message}
          deniedAction={failure.data?.deniedAction ?? null}
          streamArn={row.streamArn}
        />
      )}
      {view?.setup != null && (
        <SetupNotice setup={view.setup} streamArn={view.settings.streamArn} />
      )}
      {view !== undefined ? (
        <SettingsList row={row} view={view} readOnly={readOnly} />
      ) : (
        failure === null && <div className={classes.skeleton} aria-hidden="true" />
      )}
    </div>
  );
}
