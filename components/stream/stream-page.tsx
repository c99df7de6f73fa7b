'use client';

import { useCallback, useMemo } from 'react';
import { AdvicePanel } from '#components/advice/advice-panel.tsx';
import { ShardTable } from '#components/shards/shard-table.tsx';
import {
  useFigureNow,
  usePause,
  useServerClock,
  useWatchedStream,
} from '#lib/live/live-provider.tsx';
import { periodAt, pulseOf } from '#lib/live/pulse.ts';
import type { StreamPageStart } from '#lib/live/stream-detail.ts';
import { freshnessOf } from '#lib/streams/judge-row.ts';
import { whyNoShardFigure } from '#lib/streams/why-unknown.ts';
import { fixedRange } from '#lib/time/time-range.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { ChartsSection } from './charts-section.tsx';
import { StreamHeader } from './stream-header.tsx';
import { StreamNotices } from './stream-notices.tsx';
import classes from './stream-page.module.css';
import { StreamTabs } from './stream-tabs.tsx';
import { useStreamView } from './stream-view.ts';
import { StripSection } from './strip-section.tsx';
import { TimeBar } from './time-bar.tsx';
import { useReplay } from './use-replay.ts';
import { useStreamHistory } from './use-stream-history.ts';
import { useTimeView } from './use-time-view.ts';

/** One stream: what is wrong, the strip, and below it the tabs: charts and shards first. */
export function StreamPage({ initial }: { initial: StreamPageStart }) {
  const { connection, streamName } = initial.row;
  const { row, topology, frame, gone, replacedBy } = useWatchedStream(
    connection,
    streamName,
    initial,
  );
  const nowMs = useFigureNow();
  const zone = useZone();
  const fresh = gone ? 'stale' : freshnessOf(row, nowMs);
  const stale = fresh !== 'fresh';
  const { selectedShardId, selectShard, scope, setScope } = useStreamView(row.shardMetricsOn);
  const { range, setRange, atMs, setAtMs } = useTimeView();
  const history = useStreamHistory({
    streamId: row.streamId,
    range,
    newestEndMs: row.period === null ? null : row.period.startMs + row.period.seconds * 1_000,
    topologyId: topology?.topologyId ?? null,
    hasShardFigures: row.hottest !== null,
  });
  const serverNow = useServerClock();
  const showSpan = useCallback(
    (fromMs: number, toMs: number) => setRange(fixedRange(fromMs, Math.min(toMs, serverNow()))),
    [setRange, serverNow],
  );

  const pulse = useMemo(
    () => pulseOf(row.streamId, topology, frame),
    [row.streamId, topology, frame],
  );
  const paused = usePause().pausedAtMs !== null;
  const replay = useReplay({ history: history.history, atMs, setAtMs, isAtHand: () => true });
  const heldAt = useMemo(
    () => (paused && frame !== null ? periodAt(frame) : null),
    [paused, frame],
  );
  const at = replay.at ?? heldAt;

  return (
    <div className={classes.page}>
      <StreamHeader row={row} fresh={fresh} gone={gone} />
      <AdvicePanel row={row} gone={gone} />
      <StreamNotices row={row} gone={gone} replaced={replacedBy !== null} />
      <StripSection
        row={row}
        fresh={fresh}
        pulse={pulse}
        at={at}
        initial={initial.ring}
        stale={stale}
        unknownReason={whyNoShardFigure(row, zone)}
        selectedShardId={selectedShardId}
        onSelect={selectShard}
      />
      <TimeBar view={history} range={range} onRange={setRange} replay={replay} />
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
              view={history}
              range={range}
              markMs={replay.at === null ? null : replay.at.periodStartMs}
              onSpan={showSpan}
              stale={stale}
              scope={scope}
              onScope={setScope}
              selectedShardId={selectedShardId}
              onSelect={selectShard}
            />
            {topology !== null && (
              <ShardTable
                pulse={pulse}
                at={at}
                initial={initial.shards}
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
