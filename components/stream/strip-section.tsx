'use client';

import { Strip } from '#components/strip/strip.tsx';
import { StripLegend } from '#components/strip/strip-legend.tsx';
import type { Frame } from '#lib/domain/frame.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { TopologyView } from '#lib/live/stream-detail.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { SourceLine } from './source-line.tsx';
import classes from './strip-section.module.css';

type StripSectionProps = {
  row: StreamRow;
  fresh: Freshness;
  topology: TopologyView | null;
  frame: Frame | null;
  stale: boolean;
  unknownReason: string;
  selectedShardId: string | null;
  onSelect: (shardId: string | null) => void;
};

/** The strip with its title, legend and source. */
export function StripSection(props: StripSectionProps) {
  const { row, fresh, topology, frame, stale, unknownReason, selectedShardId, onSelect } = props;
  return (
    <section className={classes.section} aria-labelledby="strip-title">
      <div className={classes.head}>
        <h2 id="strip-title" className={classes.title}>
          Open shards by hash key
        </h2>
        <SourceLine row={row} fresh={fresh} frame={frame} />
        <StripLegend />
      </div>
      {topology === null ? (
        <div className={classes.placeholder} data-low={!row.shardMetricsOn || undefined}>
          <p>No shards have been listed yet. They come with the first answer of ListShards.</p>
        </div>
      ) : (
        <Strip
          topology={topology}
          frame={frame}
          stale={stale}
          shardMetricsOn={row.shardMetricsOn}
          unknownReason={unknownReason}
          selectedShardId={selectedShardId}
          onSelect={onSelect}
        />
      )}
    </section>
  );
}
