'use client';

import { useQueryState } from 'nuqs';
import { memo, type ReactNode, useCallback, useMemo } from 'react';
import { Chart } from '#components/charts/chart.tsx';
import { ChartGroup, type ChartTime } from '#components/charts/chart-group.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { lagChart } from '#lib/consumers/lag-chart.ts';
import type { LagSpan } from '#lib/consumers/use-lag-span.ts';
import { HeatPicture } from './heat-picture.tsx';
import { LagLegend } from './lag-legend.tsx';
import classes from './lag-section.module.css';

/** How the lag went: over the shards as heat, and that of the worst as an interval, on one axis of time. */
export const LagSection = memo(function LagSection(props: {
  readonly lag: LagSpan | null;
  readonly failure: string | null;
  readonly retentionHours: number;
  readonly withShards: boolean;
  readonly stale: boolean;
  readonly time: ChartTime;
  readonly picker: ReactNode;
}) {
  const { lag, failure, retentionHours, withShards, stale } = props;
  const [, setSought] = useQueryState('lease');
  const showLease = useCallback((shardId: string) => void setSought(shardId), [setSought]);
  const chart = useMemo(
    () => (lag === null ? null : lagChart(lag.history, lag.span, retentionHours)),
    [lag, retentionHours],
  );
  const nothing = lag !== null && lag.history.periodStartMs.length === 0;
  return (
    <PageSection
      title={withShards ? 'Lag over shards and time' : 'Lag over time'}
      beside={<div className={classes.picker}>{props.picker}</div>}
    >
      {withShards && <LagLegend />}
      {withShards &&
        (lag?.heat == null || lag.heat.columns === 0 ? (
          <p className={classes.unread}>{whyNone(failure, nothing)}</p>
        ) : (
          <HeatPicture
            map={lag.heat}
            span={lag.span}
            retentionHours={retentionHours}
            stale={stale || failure !== null}
            onSelect={showLease}
          />
        ))}
      {chart === null ? (
        <p className={classes.unread}>{whyNone(failure, nothing)}</p>
      ) : (
        <ChartGroup time={props.time}>
          <Chart
            model={chart}
            stale={stale || failure !== null}
            empty={failure ?? 'No lag is known of this time.'}
          />
        </ChartGroup>
      )}
      <p className={classes.source}>
        Each period shows its worst reading, a row its worst shard. Times of checkpoints come from
        their sequence numbers, arrivals from IncomingRecords of CloudWatch; no record is read for
        this.
        {failure !== null && lag !== null && ` Not read again: ${failure}`}
      </p>
    </PageSection>
  );
});

function whyNone(failure: string | null, nothing: boolean): string {
  if (failure !== null) return `The lag of this time could not be read: ${failure}`;
  return nothing ? 'No reading was recorded in this time.' : 'Reading the lag of this time…';
}
