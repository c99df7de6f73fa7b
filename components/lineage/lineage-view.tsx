'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import type { StreamTabProps } from '#components/stream/stream-tab.ts';
import { useTimeView } from '#components/stream/use-time-view.ts';
import { useRingWindow } from '#components/strip/ring-window-view.ts';
import { countOf } from '#lib/format/count.ts';
import { formatInstant, zoneNames } from '#lib/format/time.ts';
import type { LineageMap } from '#lib/lineage/lineage-map.ts';
import { useLineageMap } from '#lib/lineage/use-lineage-map.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import { rangeLengthMs, recentLabel, type TimeRange } from '#lib/time/time-range.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { LineageLegend } from './lineage-legend.tsx';
import { LineagePicture } from './lineage-picture.tsx';
import { LineageTable } from './lineage-table.tsx';
import classes from './lineage-view.module.css';

/** The picture moves with time by less than a pixel in this. */
const EVERY_MS = 5_000;

const SPANS = ['range', 'all'] as const;
const spanParser = parseAsStringLiteral(SPANS).withDefault('range');

/** Splits and merges over time: each shard a band as wide as its range, from its creation to its end. */
export function LineageView({ row, pulse, selectedShardId, onSelect }: StreamTabProps) {
  const [span, setSpan] = useQueryState('lineage', spanParser);
  const { range } = useTimeView();
  const { window } = useRingWindow();
  const zone = useZone();
  const tickMs = useServerNow(EVERY_MS);
  const nowMs = usePause().pausedAtMs ?? tickMs;
  const [asTable, setAsTable] = useState(false);
  const time = span === 'all' ? { fromMs: null, toMs: nowMs } : spanOfRange(range, nowMs);
  const { map, failure } = useLineageMap({
    streamId: row.streamId,
    topologyId: pulse.topologyId,
    window,
    span: time,
  });

  return (
    <PageSection
      title="Splits and merges"
      beside={
        <>
          <p className={classes.counts}>{map === null ? '' : countWords(map)}</p>
          <SegmentedControl
            aria-label="Which time the lineage shows"
            data={[
              { value: 'range', label: rangeLabel(range) },
              { value: 'all', label: 'All that is known' },
            ]}
            value={span}
            onChange={(value) => void setSpan(value)}
          />
          <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
        </>
      }
    >
      <LineageLegend zone={zoneNames(zone, time.fromMs ?? map?.fromMs ?? time.toMs, time.toMs)} />
      {map === null ? (
        <p className={classes.unread}>{whyNone(failure, pulse.topologyId)}</p>
      ) : asTable ? (
        <LineageTable map={map} row={row} nowMs={nowMs} onSelect={onSelect} />
      ) : (
        <LineagePicture
          map={map}
          window={window}
          span={{ fromMs: time.fromMs ?? map.fromMs, toMs: time.toMs }}
          retentionHours={row.retentionHours}
          nowMs={nowMs}
          selectedShardId={selectedShardId}
          onSelect={onSelect}
        />
      )}
      {map !== null && (
        <p className={classes.note} role="status">
          {noteOf(map, span === 'all')}
          {map.oldestCreatedAtMs !== null &&
            ` The oldest shard that is known was created ${formatInstant(map.oldestCreatedAtMs, zone)}.`}
          {map.undatedCount > 0 &&
            ` ${countOf(map.undatedCount, 'shard')} ended at an unknown time and cannot be drawn.`}
          {failure !== null && ` This may be out of date: ${failure}`}
        </p>
      )}
      <p className={classes.source}>
        Kinesis ListShards; times from the shards’ sequence numbers, to the second. What ListShards
        does not report any more is known from earlier listings.
      </p>
    </PageSection>
  );
}

function spanOfRange(range: TimeRange, nowMs: number) {
  return range.kind === 'fixed'
    ? { fromMs: range.fromMs, toMs: Math.min(range.toMs, Math.max(nowMs, range.fromMs + 1)) }
    : { fromMs: nowMs - rangeLengthMs(range), toMs: nowMs };
}

function rangeLabel(range: TimeRange): string {
  return range.kind === 'recent' ? `Last ${recentLabel(range.range)}` : 'The chosen time';
}

function countWords({ counts }: LineageMap): string {
  const { open, closed, expired } = counts;
  return `${countOf(open, 'shard')} open, ${closed} closed, ${expired} expired`;
}

function noteOf({ marks }: LineageMap, all: boolean): string {
  const total = (kind: 'split' | 'merge') =>
    marks.reduce((sum, mark) => sum + (mark.kind === kind ? mark.count : 0), 0);
  const [splits, merges] = [total('split'), total('merge')];
  if (splits + merges === 0) {
    return all
      ? 'No shard was ever split or merged, as far as is known.'
      : 'No shard was split or merged in this time.';
  }
  return `${countOf(splits, 'split')} and ${countOf(merges, 'merge')} in this time.`;
}

function whyNone(failure: string | null, topologyId: number | null): string {
  if (failure !== null) return `The shards could not be read: ${failure}`;
  return topologyId === null
    ? 'No shards have been listed yet. They come with the first answer of ListShards.'
    : 'Reading the shards of all times…';
}
