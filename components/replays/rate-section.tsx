'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Chart } from '#components/charts/chart.tsx';
import { ChartGroup } from '#components/charts/chart-group.tsx';
import { type Fact, FactList } from '#components/primitives/fact-list.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { runCharts } from '#lib/replay/run-charts.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './replays.module.css';

const ASK_AGAIN_MS = 4_000;
/** The charts have an axis of their own: the whole of the replay. */
const TIME = { markMs: null, onSpan: () => undefined };

/** How fast it goes: against its cap, beside live traffic, and with what was throttled. */
export function RateSection({ run }: { readonly run: ReplayView }) {
  const trpc = useTRPC();
  const nowMs = useServerNow();
  const { data, error } = useQuery(
    trpc.replays.ticks.queryOptions(
      { id: run.id },
      { refetchInterval: isRunOver(run.state) ? false : ASK_AGAIN_MS },
    ),
  );
  const models = useMemo(() => runCharts(data?.ticks ?? []), [data]);
  const { ledger, progress, state } = run;
  return (
    <PageSection title="Rate">
      <FactList
        narrowColumns={1}
        facts={[
          ...(state === 'running' ? nowFacts(progress, nowMs) : []),
          {
            name: 'Throttled',
            value: `${formatCount(ledger.recordsThrottled)} records in all, each sent again`,
            critical: (progress?.rate?.throttledPerSecond ?? 0) > 0,
          },
        ]}
      />
      <ChartGroup time={TIME}>
        <div className={classes.charts}>
          {models.map((model) => (
            <Chart
              key={model.key}
              model={model}
              stale={error !== null}
              empty={
                error !== null
                  ? `The course of it could not be read: ${error.message}`
                  : data === undefined
                    ? 'Reading the course of it…'
                    : 'Nothing was sent for long enough to be drawn.'
              }
            />
          ))}
        </div>
      </ChartGroup>
    </PageSection>
  );
}

function nowFacts(progress: ReplayView['progress'], nowMs: number): readonly Fact[] {
  const rate = progress?.rate ?? null;
  const cap = progress?.cap ?? null;
  const live = progress?.live ?? null;
  return [
    {
      name: 'Now',
      value:
        rate === null ? (
          <Unknown reason="it is measured between two readings, some seconds apart" />
        ) : (
          ratesWords(rate)
        ),
      detail:
        rate === null
          ? undefined
          : `Over ${formatAge(rate.toMs - rate.fromMs)}, ${formatAge(nowMs - rate.toMs)} ago`,
    },
    {
      name: 'Cap',
      value: cap === null ? <Unknown reason="it was not worked out yet" /> : ratesWords(cap.rates),
      detail:
        cap === null
          ? undefined
          : `All shards together, worked out ${formatAge(nowMs - cap.atMs)} ago of what live traffic leaves free`,
    },
    {
      name: 'Live traffic',
      value:
        live === null ? (
          <Unknown reason="CloudWatch has no newer figures of the target" />
        ) : (
          ratesWords(live)
        ),
      detail: 'What others write to the target: CloudWatch, less what this replay sent',
    },
  ];
}

function ratesWords({ bytesPerSecond, recordsPerSecond }: Rates): string {
  return `${formatBytesPerSecond(bytesPerSecond)}, ${formatRecordsPerSecond(recordsPerSecond)}`;
}
