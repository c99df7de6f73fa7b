'use client';

import dynamic from 'next/dynamic';
import { memo, useMemo } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import { useRingWindow } from '#components/strip/ring-window-view.ts';
import { Strip } from '#components/strip/strip.tsx';
import { StripLegend } from '#components/strip/strip-legend.tsx';
import type { Freshness } from '#lib/domain/freshness.ts';
import { toFraction } from '#lib/domain/hash-key.ts';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import { useKeyMark } from '#lib/key-lookup/key-mark.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import type { RingMap } from '#lib/live/ring-map.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useRingMap } from '#lib/live/use-ring-map.ts';
import { SourceLine } from './source-line.tsx';
import classes from './strip-section.module.css';

/** Room for the rows of consumers until they come, CSS pixels: what is below must not move. */
const CONSUMERS_HEAD = 29;
const CONSUMER_HEIGHT = 39;

// Below the strip, and no part of a first look at it.
const ConsumerRows = dynamic(
  () => import('#components/consumers/consumer-rows.tsx').then((m) => m.ConsumerRows),
  { ssr: false },
);

type StripSectionProps = {
  row: StreamRow;
  fresh: Freshness;
  pulse: Pulse;
  at: PeriodAt | null;
  /** What the page was rendered with. */
  initial: RingMap | null;
  stale: boolean;
  unknownReason: string;
  selectedShardId: string | null;
  onSelect: (shardId: string | null) => void;
  /** Opens the plan of a split; null where none can be planned. */
  onSplit: ((shardId: string) => void) | null;
};

/** The strip with its title, legend and source. */
export const StripSection = memo(function StripSection(props: StripSectionProps) {
  const { row, fresh, pulse, at, stale, unknownReason, selectedShardId, onSelect } = props;
  const { window, setWindow } = useRingWindow();
  const { key } = useKeyMark();
  const { map, failure } = useRingMap({ pulse, at, window, initial: props.initial });
  const { topologyId } = pulse;
  // Leases are known of now alone: of the past their page shows more. A pause holds the newest period.
  const isNow = at === null || at.periodStartMs === pulse.periodStartMs;
  const rowCount = isNow ? (row.consumers?.withLeases ?? 0) : 0;
  const below = useMemo(
    () =>
      rowCount > 0 && (
        <div style={{ minBlockSize: CONSUMERS_HEAD + rowCount * CONSUMER_HEIGHT }}>
          <LatePart>
            <ConsumerRows
              row={row}
              topologyId={topologyId}
              stale={stale}
              selectedShardId={selectedShardId}
              onSelect={onSelect}
            />
          </LatePart>
        </div>
      ),
    [rowCount, row, topologyId, stale, selectedShardId, onSelect],
  );
  return (
    <section className={classes.section} aria-labelledby="strip-title">
      <div className={classes.head}>
        <h2 id="strip-title" className={classes.title}>
          Open shards by hash key
        </h2>
        <SourceLine row={row} fresh={fresh} frame={map?.period ?? null} />
        <StripLegend />
      </div>
      {map === null ? (
        <div className={classes.placeholder} data-low={!row.shardMetricsOn || undefined}>
          <p>{whyEmpty(pulse, failure)}</p>
        </div>
      ) : (
        <Strip
          map={map}
          pulse={pulse}
          at={at}
          window={window}
          onWindow={setWindow}
          stale={stale || failure !== null}
          shardMetricsOn={row.shardMetricsOn}
          unknownReason={unknownReason}
          selectedShardId={selectedShardId}
          onSelect={onSelect}
          hottestId={hotWriterOf(row)}
          onSplit={props.onSplit}
          pin={key === null ? null : toFraction(key)}
          below={below}
        />
      )}
    </section>
  );
});

/** The hottest shard, where its writes make it hot. */
function hotWriterOf({ hottest }: StreamRow): string | null {
  return hottest !== null &&
    hottest.limit !== 'readBytes' &&
    hottest.use >= HEALTH_THRESHOLDS.hotShardUse
    ? hottest.shardId
    : null;
}

function whyEmpty(pulse: Pulse, failure: string | null): string {
  if (failure !== null) return `The shards could not be read: ${failure}`;
  return pulse.topologyId === null
    ? 'No shards have been listed yet. They come with the first answer of ListShards.'
    : 'Reading the shards…';
}
