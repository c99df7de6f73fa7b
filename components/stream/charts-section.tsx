'use client';

import { memo, useCallback, useMemo } from 'react';
import { Chart } from '#components/charts/chart.tsx';
import { ChartGroup } from '#components/charts/chart-group.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { refusalsTold } from '#lib/charts/refusals-told.ts';
import { SLOT_COUNT } from '#lib/charts/series-slots.ts';
import { shardCharts } from '#lib/charts/shard-charts.ts';
import { streamCharts } from '#lib/charts/stream-charts.ts';
import { emptyHistory } from '#lib/charts/stream-history.ts';
import { throttleRows } from '#lib/charts/throttle-rows.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { rangeLengthMs, type TimeRange } from '#lib/time/time-range.ts';
import classes from './charts-section.module.css';
import type { ChartScope } from './stream-view.ts';
import { ThrottleTable } from './throttle-table.tsx';
import { useSeriesSlots } from './use-series-slots.ts';
import type { HistoryView } from './use-stream-history.ts';

type ChartsSectionProps = {
  row: StreamRow;
  view: HistoryView;
  range: TimeRange;
  /** An instant of the past that the page shows; null for the present. */
  markMs: number | null;
  /** Asks for another range. */
  onSpan: (fromMs: number, toMs: number) => void;
  stale: boolean;
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

/** What the stream and its hottest shards did within the range, against their limits. */
export const ChartsSection = memo(function ChartsSection(props: ChartsSectionProps) {
  const { row, view, range, markMs, onSpan, stale, scope, selectedShardId, onSelect } = props;
  const { streamId, retentionHours } = row;
  const history = useMemo(
    () => view.history ?? emptyHistory(streamId, 0),
    [view.history, streamId],
  );
  const slots = useSeriesSlots(history.hottest.map((shard) => shard.shardId));
  const window = useMemo(
    () => ({ lengthMs: rangeLengthMs(range), toMs: range.kind === 'fixed' ? range.toMs : null }),
    [range],
  );
  const charts = useMemo(
    () =>
      scope === 'shards'
        ? shardCharts(history, slots, window, retentionHours)
        : streamCharts(history, window, retentionHours),
    [scope, history, slots, window, retentionHours],
  );
  const refusals = useMemo(() => throttleRows(history, PERIODS_LISTED, SHARDS_LISTED), [history]);
  const toggle = useCallback(
    (key: string) => onSelect(key === selectedShardId ? null : key),
    [onSelect, selectedShardId],
  );
  const time = useMemo(() => ({ markMs, onSpan }), [markMs, onSpan]);
  const linesExpected =
    scope === 'shards' && row.shardMetricsOn ? Math.min(SLOT_COUNT, row.openShardCount) : 0;

  return (
    <section className={classes.section} aria-labelledby="charts-title">
      <div className={classes.head}>
        <h2 id="charts-title" className={classes.title}>
          Against the limits
        </h2>
        <span className={classes.hint}>Drag over a chart to look closer</span>
        <SegmentedControl
          aria-label="What the charts show"
          data={SCOPE_NAMES}
          value={scope}
          onChange={props.onScope}
        />
      </div>
      <ChartGroup time={time}>
        <div className={classes.grid}>
          {charts.map((model) => (
            <Chart
              key={`${scope} ${model.key}`}
              model={model}
              stale={stale}
              empty={emptyWords(view, row, scope, model)}
              linesExpected={model.shape === 'stacked' ? 0 : linesExpected}
              {...(scope === 'shards' && { selectedKey: selectedShardId, onSelect: toggle })}
            />
          ))}
          <ThrottleTable refusals={refusals} periodSeconds={history.periodSeconds} stale={stale} />
        </div>
      </ChartGroup>
    </section>
  );
});

function emptyWords(
  view: HistoryView,
  row: StreamRow,
  scope: ChartScope,
  model: ChartModel,
): string {
  if (view.failure !== null) return `The history could not be read: ${view.failure}`;
  if (view.history === null) return 'Reading the history…';
  if (view.history.periodStartMs.length === 0) return 'No period has been read in this time.';
  if (model.shape === 'stacked' && refusalsTold(view.history, model, null)) {
    return 'Nothing was refused in this time.';
  }
  return scope === 'shards' && !row.shardMetricsOn
    ? 'Shard-level metrics are off. “Whole stream” shows what is known.'
    : 'CloudWatch has no datapoint in this time.';
}
