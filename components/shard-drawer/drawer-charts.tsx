'use client';

import { useMemo } from 'react';
import { Chart } from '#components/charts/chart.tsx';
import { ChartGroup } from '#components/charts/chart-group.tsx';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { refusalsTold } from '#lib/charts/refusals-told.ts';
import { shardCharts } from '#lib/charts/shard-charts.ts';
import { emptyHistory, type StreamHistory } from '#lib/charts/stream-history.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { rangeLengthMs, type TimeRange } from '#lib/time/time-range.ts';
import classes from './shard-drawer.module.css';
import { useShardHistory } from './use-shard-history.ts';

type DrawerChartsProps = {
  row: StreamRow;
  shardId: string;
  range: TimeRange;
  markMs: number | null;
  onSpan: (fromMs: number, toMs: number) => void;
  stale: boolean;
};

/** What the shard did within the page's range, against its limits. */
export function DrawerCharts(props: DrawerChartsProps) {
  const { row, shardId, range, markMs, onSpan, stale } = props;
  const { streamId, period, retentionHours } = row;
  const { history, failure } = useShardHistory({
    streamId,
    shardId,
    range,
    newestEndMs: period === null ? null : period.startMs + period.seconds * 1_000,
  });
  const charts = useMemo(() => {
    const window = {
      lengthMs: rangeLengthMs(range),
      toMs: range.kind === 'fixed' ? range.toMs : null,
    };
    const slots = new Map([[shardId, 0]]);
    const models = shardCharts(history ?? emptyHistory(streamId, 0), slots, window, retentionHours);
    // What other shards refused stands on the page's own charts.
    return models.map((model) => ({
      ...model,
      lines: model.lines.filter(({ key }) => key === shardId),
    }));
  }, [history, streamId, shardId, range, retentionHours]);
  const time = useMemo(() => ({ markMs, onSpan }), [markMs, onSpan]);
  return (
    <ChartGroup time={time}>
      <div className={classes.charts}>
        {charts.map((model) => (
          <Chart
            key={model.key}
            model={model}
            stale={stale}
            empty={emptyWords(history, failure, model, row, shardId)}
            linesExpected={model.shape === 'stacked' ? 0 : 1}
          />
        ))}
      </div>
    </ChartGroup>
  );
}

function emptyWords(
  history: StreamHistory | null,
  failure: string | null,
  model: ChartModel,
  row: StreamRow,
  shardId: string,
): string {
  if (failure !== null) return `The history could not be read: ${failure}`;
  if (history === null) return 'Reading the history…';
  if (!row.shardMetricsOn) return 'Shard-level metrics are off.';
  return model.shape === 'stacked' && refusalsTold(history, model, shardId)
    ? 'Nothing was refused in this time.'
    : 'No datapoint in this time.';
}
