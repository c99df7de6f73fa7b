'use client';

import { useMemo } from 'react';
import { AdvicePanel } from '#components/advice/advice-panel.tsx';
import { ShardTable } from '#components/shards/shard-table.tsx';
import { useFigureNow, useWatchedStream } from '#lib/live/live-provider.tsx';
import type { StreamDetail } from '#lib/live/stream-detail.ts';
import { unpackFrame } from '#lib/live/unpack-frame.ts';
import { freshnessOf } from '#lib/streams/judge-row.ts';
import { whyNoShardFigure } from '#lib/streams/why-unknown.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { ChartsSection } from './charts-section.tsx';
import { StreamHeader } from './stream-header.tsx';
import { StreamNotices } from './stream-notices.tsx';
import classes from './stream-page.module.css';
import { StreamTabs } from './stream-tabs.tsx';
import { useStreamView } from './stream-view.ts';
import { StripSection } from './strip-section.tsx';

/** One stream: what is wrong, the strip, and below it the tabs: charts and shards first. */
export function StreamPage({ initial }: { initial: StreamDetail }) {
  const { connection, streamName } = initial.row;
  const {
    row,
    topology,
    frame: view,
    gone,
    replacedBy,
  } = useWatchedStream(connection, streamName, initial);
  const nowMs = useFigureNow();
  const zone = useZone();
  const fresh = gone ? 'stale' : freshnessOf(row, nowMs);
  const stale = fresh !== 'fresh';
  const frame = useMemo(() => (view === null ? null : unpackFrame(view)), [view]);
  const { selectedShardId, selectShard, range, setRange, scope, setScope } = useStreamView(
    row.shardMetricsOn,
  );

  return (
    <div className={classes.page}>
      <StreamHeader row={row} fresh={fresh} gone={gone} />
      <AdvicePanel row={row} gone={gone} />
      <StreamNotices row={row} gone={gone} replaced={replacedBy !== null} />
      <StripSection
        row={row}
        fresh={fresh}
        topology={topology}
        frame={frame}
        stale={stale}
        unknownReason={whyNoShardFigure(row, zone)}
        selectedShardId={selectedShardId}
        onSelect={selectShard}
      />
      <StreamTabs
        row={row}
        fresh={fresh}
        gone={gone}
        selectedShardId={selectedShardId}
        onSelect={selectShard}
        overview={
          <>
            <ChartsSection
              key={row.streamId}
              row={row}
              topology={topology}
              frame={frame}
              stale={stale}
              range={range}
              onRange={setRange}
              scope={scope}
              onScope={setScope}
              selectedShardId={selectedShardId}
              onSelect={selectShard}
            />
            {topology !== null && (
              <ShardTable
                topology={topology}
                frame={view}
                stale={stale}
                selectedShardId={selectedShardId}
                onSelect={selectShard}
              />
            )}
          </>
        }
      />
    </div>
  );
}
