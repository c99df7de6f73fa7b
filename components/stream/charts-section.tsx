'use client';

import { SegmentedControl } from '@mantine/core';
import { memo, useCallback, useMemo } from 'react';
import { Chart } from '#components/charts/chart.tsx';
import { ChartGroup } from '#components/charts/chart-group.tsx';
import { SLOT_COUNT } from '#lib/charts/series-slots.ts';
import { shardCharts } from '#lib/charts/shard-charts.ts';
import { streamCharts } from '#lib/charts/stream-charts.ts';
import { throttleRows } from '#lib/charts/throttle-rows.ts';
import type { Frame } from '#lib/domain/frame.ts';
import type { StreamHistory, TopologyView } from '#lib/live/stream-detail.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import classes from './charts-section.module.css';
import { type ChartRange, type ChartScope, RANGE_MS, RANGE_NAMES } from './stream-view.ts';
import { ThrottleTable } from './throttle-table.tsx';
import { useSeriesSlots } from './use-series-slots.ts';
import { useStreamHistory } from './use-stream-history.ts';

type ChartsSectionProps = {
  row: StreamRow;
  topology: TopologyView | null;
  frame: Frame | null;
  stale: boolean;
  range: ChartRange;
  onRange: (range: ChartRange) => void;
  scope: ChartScope;
  onScope: (scope: ChartScope) => void;
  selectedShardId: string | null;
  onSelect: (shardId: string | null) => void;
};

const SCOPE_NAMES = [
  { value: 'shards', label: 'Hottest shards' },
  { value: 'stream', label: 'Whole stream' },
] as const;

/** Rows and columns of the table of refusals. */
const PERIODS_LISTED = 12;
const SHARDS_LISTED = 4;

/** Rates against the limits over the last minutes or hours, and what was refused in each period. */
export const ChartsSection = memo(function ChartsSection(props: ChartsSectionProps) {
  const { row, topology, frame, stale, range, scope, selectedShardId, onSelect } = props;
  const windowMs = RANGE_MS[range];
  const { history: read, failure } = useStreamHistory({
    streamId: row.streamId,
    topology,
    frame,
    windowMs,
  });
  const history = read ?? EMPTY;
  const slots = useSeriesSlots(history.hottest.map((shard) => shard.shardId));
  const charts = useMemo(
    () =>
      scope === 'shards' ? shardCharts(history, slots, windowMs) : streamCharts(history, windowMs),
    [scope, history, slots, windowMs],
  );
  const refusals = useMemo(() => throttleRows(history, PERIODS_LISTED, SHARDS_LISTED), [history]);
  const toggle = useCallback(
    (key: string) => onSelect(key === selectedShardId ? null : key),
    [onSelect, selectedShardId],
  );
  const linesExpected =
    scope === 'shards' && row.shardMetricsOn ? Math.min(SLOT_COUNT, row.openShardCount) : 0;
  const selection = scope === 'shards' ? { selectedKey: selectedShardId, onSelect: toggle } : {};
  const none = emptyWords(read, failure, row, scope);

  return (
    <section className={classes.section} aria-labelledby="charts-title">
      <div className={classes.head}>
        <h2 id="charts-title" className={classes.title}>
          Against the limits
        </h2>
        <SegmentedControl
          size="xs"
          transitionDuration={100}
          aria-label="What the charts show"
          data={[...SCOPE_NAMES]}
          value={scope}
          onChange={props.onScope}
        />
        <SegmentedControl
          size="xs"
          transitionDuration={100}
          aria-label="Time range of the charts"
          data={[...RANGE_NAMES]}
          value={range}
          onChange={props.onRange}
        />
      </div>
      <ChartGroup>
        <div className={classes.grid}>
          <Chart
            model={charts.bytes}
            stale={stale}
            empty={none}
            linesExpected={linesExpected}
            {...selection}
          />
          <Chart
            model={charts.records}
            stale={stale}
            empty={none}
            linesExpected={linesExpected}
            {...selection}
          />
          <Chart
            model={charts.throttled}
            stale={stale}
            empty={read === null ? none : 'No record was refused in this time.'}
            selectedKey={selectedShardId}
          />
          <ThrottleTable refusals={refusals} periodSeconds={history.periodSeconds} stale={stale} />
        </div>
      </ChartGroup>
    </section>
  );
});

function emptyWords(
  read: StreamHistory | null,
  failure: string | null,
  row: StreamRow,
  scope: ChartScope,
): string {
  if (failure !== null) return `The history could not be read: ${failure}`;
  if (read === null) return 'Reading the history…';
  if (scope === 'shards' && !row.shardMetricsOn) {
    return 'Shard-level metrics are off. “Whole stream” shows what is known.';
  }
  return read.periodStartMs.length === 0
    ? 'No period has been read in this time.'
    : 'CloudWatch has no datapoint in this time.';
}

const EMPTY: StreamHistory = {
  streamId: 0,
  periodSeconds: 0,
  periodStartMs: [],
  incomingBytesPerSecond: [],
  incomingRecordsPerSecond: [],
  outgoingBytesPerSecond: [],
  outgoingRecordsPerSecond: [],
  writeThrottledRecords: [],
  readThrottledCalls: [],
  openShardCount: [],
  hottest: [],
};
