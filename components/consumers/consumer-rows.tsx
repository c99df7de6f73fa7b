'use client';

import { useElementSize } from '@mantine/hooks';
import { memo, useId } from 'react';
import { PageLink } from '#components/primitives/page-link.tsx';
import { useRingWindow } from '#components/strip/ring-window-view.ts';
import { applicationHref } from '#lib/consumers/application-href.ts';
import { useConsumerRows } from '#lib/consumers/use-consumer-rows.ts';
import { countOf } from '#lib/format/count.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { piecesIn } from '#lib/strip/strip-model.ts';
import { ConsumerRow } from './consumer-row.tsx';
import classes from './consumer-rows.module.css';
import { LagLegend } from './lag-legend.tsx';

/** What the server draws for, until the browser has measured. */
const WIDTH_BEFORE_MEASURING = 1_340;
/** Their ages count in steps of this, milliseconds. */
const EVERY_MS = 5_000;

/** Below the strip, on its x axis: a row for each application, its lag as heat, who owns each lease. */
export const ConsumerRows = memo(function ConsumerRows(props: {
  readonly row: StreamRow;
  readonly topologyId: number | null;
  readonly stale: boolean;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string | null) => void;
}) {
  const { row, topologyId, stale } = props;
  const titleId = useId();
  const { window } = useRingWindow();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured > 0 ? measured : WIDTH_BEFORE_MEASURING;
  const tickMs = useServerNow(EVERY_MS);
  const nowMs = usePause().pausedAtMs ?? tickMs;
  const { rows, failure } = useConsumerRows({
    streamId: row.streamId,
    topologyId,
    window,
    news: row.consumers?.readAtMs ?? null,
  });
  if (rows === null || rows.rows.length === 0) {
    return failure === null ? null : (
      <p className={classes.note}>The consumers’ leases could not be read: {failure}</p>
    );
  }
  const pieces = piecesIn(rows.cells, rows.window, window);
  return (
    <section className={classes.section} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h3 id={titleId} className={classes.title}>
          Lag of consumers
        </h3>
        <LagLegend />
      </div>
      <div ref={ref} className={classes.rows}>
        {rows.rows.map((each) => (
          <div key={each.applicationId} className={classes.row}>
            <PageLink
              className={classes.name ?? ''}
              href={applicationHref({
                connection: row.connection,
                streamName: row.streamName,
                kind: each.kind,
                name: each.name,
              })}
            >
              {each.name}
            </PageLink>
            <ConsumerRow
              row={each}
              pieces={pieces}
              cells={rows.cells}
              width={width}
              retentionSeconds={row.retentionHours * 3_600}
              nowMs={nowMs}
              stale={stale || failure !== null}
              selectedShardId={props.selectedShardId}
              onSelect={props.onSelect}
            />
          </div>
        ))}
      </div>
      {(rows.withoutLeases > 0 || failure !== null) && (
        <p className={classes.note}>
          {rows.withoutLeases > 0 &&
            `${countOf(rows.withoutLeases, 'consumer keeps', 'consumers keep')} no leases, so that nothing is known of ${rows.withoutLeases === 1 ? 'it' : 'them'} by shard.`}
          {failure !== null && ` Not read again: ${failure}`}
        </p>
      )}
    </section>
  );
});
