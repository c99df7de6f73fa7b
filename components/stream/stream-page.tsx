'use client';

import { useThrottledValue } from '@mantine/hooks';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { AdvicePanel } from '#components/advice/advice-panel.tsx';
import { CadenceNote } from '#components/costs/cadence-note.tsx';
import { InItsTurn } from '#components/primitives/in-its-turn.tsx';
import { PageFrame } from '#components/primitives/page-frame.tsx';
import { useOpenReshard } from '#components/reshard/use-open-reshard.ts';
import { DrawerFrame } from '#components/shard-drawer/drawer-frame.tsx';
import { ShardTable } from '#components/shards/shard-table.tsx';
import { useFigureNow, useWatchedStream } from '#lib/live/live-provider.tsx';
import { pulseOf } from '#lib/live/pulse.ts';
import type { StreamPageStart } from '#lib/live/stream-detail.ts';
import { freshnessOf } from '#lib/streams/judge-row.ts';
import { whyNoShardFigure } from '#lib/streams/why-unknown.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { ChartsSection } from './charts-section.tsx';
import { StreamHeader } from './stream-header.tsx';
import { StreamNotices } from './stream-notices.tsx';
import { StreamTabs } from './stream-tabs.tsx';
import { useStreamView } from './stream-view.ts';
import { StripSection } from './strip-section.tsx';
import { TimeBar } from './time-bar.tsx';
import { useStreamTime } from './use-stream-time.ts';

const TABLE_EVERY_MS = 500;

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
  // Strip and table show at once what was chosen; what is drawn of it beside them moves the page, and comes then.
  const shownShardId = useDeferredValue(selectedShardId);
  const pulse = useMemo(
    () => pulseOf(row.streamId, topology, frame),
    [row.streamId, topology, frame],
  );
  const time = useStreamTime(row, pulse, frame);
  const { at, replay } = time;
  const openReshard = useOpenReshard();
  const split = useCallback(
    (shardId: string) => openReshard({ goal: 'split-shard', shard: shardId }),
    [openReshard],
  );
  // Shards of an on-demand stream are AWS's, and those of the past are past.
  const onSplit = row.mode === 'PROVISIONED' && at === null && !gone ? split : null;
  // Played, the past goes by faster than rows of a table can be asked for, or read.
  const tableAt = useThrottledValue(at, TABLE_EVERY_MS);

  return (
    <DrawerFrame
      row={row}
      pulse={pulse}
      at={tableAt}
      range={time.range}
      onSpan={time.showSpan}
      stale={stale}
      unknownReason={whyNoShardFigure(row, zone)}
      shardId={shownShardId}
      onSelect={selectShard}
    >
      <PageFrame>
        <InItsTurn>
          <StreamHeader row={row} fresh={fresh} gone={gone} />
          <AdvicePanel row={row} gone={gone} />
          {!gone && <CadenceNote row={row} />}
          <StreamNotices row={row} gone={gone} replaced={replacedBy !== null} />
        </InItsTurn>
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
          onSplit={onSplit}
        />
        <InItsTurn>
          <TimeBar view={time.history} range={time.range} onRange={time.setRange} replay={replay} />
        </InItsTurn>
        <StreamTabs
          row={row}
          fresh={fresh}
          pulse={pulse}
          gone={gone}
          selectedShardId={selectedShardId}
          onSelect={selectShard}
          overview={
            <>
              <InItsTurn>
                <ChartsSection
                  key={row.streamId}
                  row={row}
                  view={time.history}
                  range={time.range}
                  markMs={replay.at === null ? null : replay.at.periodStartMs}
                  onSpan={time.showSpan}
                  stale={stale}
                  scope={scope}
                  onScope={setScope}
                  selectedShardId={shownShardId}
                  onSelect={selectShard}
                />
              </InItsTurn>
              {topology !== null && (
                <InItsTurn>
                  <ShardTable
                    pulse={pulse}
                    at={tableAt}
                    initial={initial.shards}
                    stale={stale}
                    selectedShardId={selectedShardId}
                    onSelect={selectShard}
                    onSplit={onSplit}
                  />
                </InItsTurn>
              )}
            </>
          }
        />
      </PageFrame>
    </DrawerFrame>
  );
}
