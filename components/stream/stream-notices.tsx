'use client';

import { memo, type ReactNode } from 'react';
import { ShardMetricsButton } from '#components/shard-metrics/shard-metrics-button.tsx';
import { formatInstant } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './stream-notices.module.css';

type StreamNoticesProps = {
  row: StreamRow;
  gone: boolean;
  /** The stream was made again while it was looked at. */
  replaced: boolean;
};

/** What a reader of this page has to know before its figures. */
export const StreamNotices = memo(function StreamNotices(props: StreamNoticesProps) {
  const { row, gone, replaced } = props;
  const zone = useZone();
  return (
    <div role="status" className={classes.notices}>
      {gone && (
        <Notice tone="danger" title="This stream is gone.">
          It was deleted, excluded by a pattern, or belonged to a world that was replaced. Below is
          the last that was known of it; nothing here is of now. If it is made again under its name,
          the new one appears here.
        </Notice>
      )}
      {replaced && !gone && (
        <Notice tone="plain" title="Made again.">
          A stream named {row.streamName} was made at {formatInstant(row.createdAtMs, zone)} in
          place of the one you looked at. All figures are of the new one.
        </Notice>
      )}
      {!row.shardMetricsOn && row.status !== 'DELETING' && !gone && (
        <Notice tone="plain" title="Shard-level metrics are off.">
          CloudWatch knows the stream as a whole, not its shards: the strip has no fill, the shard
          table no rates, and advice does not know which shard is hot. Charts of the whole stream,
          limits and lag are there all the same. <ShardMetricsButton row={row} />
        </Notice>
      )}
    </div>
  );
});

function Notice(props: { tone: 'plain' | 'danger'; title: string; children: ReactNode }) {
  return (
    <p className={classes.notice} data-tone={props.tone}>
      <strong>{props.title}</strong> {props.children}
    </p>
  );
}
