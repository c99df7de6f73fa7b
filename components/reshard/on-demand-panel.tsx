'use client';

import { Quiet } from '#components/primitives/quiet.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import {
  ModeSetting,
  WarmThroughputSetting,
} from '#components/stream-settings/capacity-settings.tsx';
import { statusLock, useReadOnlyReason } from '#components/stream-settings/use-settings-lock.ts';
import { useStreamSettings } from '#components/stream-settings/use-stream-settings.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { ON_DEMAND_WORDS } from '#lib/reshard/on-demand-words.ts';
import classes from './reshard-tab.module.css';

/** Why an on-demand stream is not resharded by hand, and what can be done instead. */
export function OnDemandPanel({ row }: { readonly row: StreamRow }) {
  const readOnly = useReadOnlyReason(row);
  const { data: view, error, isFetching } = useStreamSettings(row);
  const nowMs = useServerNow();
  return (
    <>
      <div className={classes.prose}>
        <h3 className={classes.subtitle}>
          AWS chooses the shards of an on-demand stream: {countOf(row.openShardCount, 'shard')} now
        </h3>
        {ON_DEMAND_WORDS.map((words) => (
          <p key={words}>{words}</p>
        ))}
        {readOnly !== null && <p>{readOnly}</p>}
      </div>
      {error !== null && (
        <FailureNotice
          title="Its settings cannot be read"
          message={error.message}
          deniedAction={error.data?.deniedAction ?? null}
          streamArn={row.streamArn}
        />
      )}
      {view !== undefined && (
        <div>
          <ModeSetting
            row={row}
            settings={view.settings}
            locked={readOnly ?? statusLock(view.settings.status)}
          />
          {view.settings.mode === 'ON_DEMAND' && (
            <WarmThroughputSetting
              row={row}
              settings={view.settings}
              locked={readOnly ?? statusLock(view.settings.status)}
            />
          )}
        </div>
      )}
      <Quiet role="status">
        {view === undefined
          ? error === null && 'Asking AWS how the stream is set…'
          : `DescribeStreamSummary, ${isFetching ? 'asked again' : `read ${formatAge(nowMs - view.readAtMs)} ago`}`}
      </Quiet>
    </>
  );
}
