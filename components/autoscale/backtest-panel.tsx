'use client';

import { NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Chart } from '#components/charts/chart.tsx';
import { ChartGroup } from '#components/charts/chart-group.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import type { BacktestView } from '#lib/reshard/autoscale-view.ts';
import { decisionWords } from '#lib/reshard/autoscale-words.ts';
import { backtestChart } from '#lib/reshard/backtest-chart.ts';
import { PRICE_BASIS } from '#lib/stream-admin/setting-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './autoscale.module.css';

/** While somebody types, nothing is asked for. */
const SETTLE_MS = 500;
const MINUTE_MS = 60_000;

const SPANS = [
  { value: '6', label: 'the last 6 hours' },
  { value: '24', label: 'the last 24 hours' },
  { value: '168', label: 'the last 7 days' },
  { value: '720', label: 'the last 30 days' },
];

/** What the settings in the form would have done over what was recorded. */
export function BacktestPanel(props: {
  readonly row: StreamRow;
  readonly settings: AutoscalePolicy;
}) {
  const { row, settings } = props;
  const trpc = useTRPC();
  const [hours, setHours] = useState('24');
  const [settled] = useDebouncedValue(settings, SETTLE_MS);
  const { connection, streamName, streamId } = row;
  const { data, error, isPlaceholderData } = useQuery(
    trpc.autoscale.backtest.queryOptions(
      { connection, streamName, streamId, settings: settled, hours: Number(hours) },
      { placeholderData: keepPreviousData, staleTime: MINUTE_MS, retry: false },
    ),
  );
  return (
    <section className={classes.part} aria-labelledby="backtest-title">
      <div className={classes.head}>
        <h3 id="backtest-title" className={classes.subtitle}>
          Backtest of these settings
        </h3>
        <NativeSelect
          label="Over"
          data={SPANS}
          value={hours}
          onChange={({ currentTarget: { value } }) => setHours(value)}
        />
      </div>
      {error !== null ? (
        <p role="status">The backtest failed: {error.message}</p>
      ) : data === undefined ? (
        <Quiet>Going through what was recorded…</Quiet>
      ) : data === null ? (
        <p>
          Nothing of this stream was recorded in that time. The collector records from when it first
          reads the stream; come back in some minutes.
        </p>
      ) : (
        <Result test={data} old={isPlaceholderData} />
      )}
    </section>
  );
}

const TIME = { markMs: null, onSpan: () => undefined };

function Result({ test, old }: { readonly test: BacktestView; readonly old: boolean }) {
  const zone = useZone();
  const model = useMemo(() => backtestChart(test), [test]);
  const { dollars, shardHours, refusedMinutes: refused, changes, periodSeconds } = test;
  const spared = refused.recorded - refused.left;
  const facts = [
    { name: 'Would have resharded', value: countOf(changes.length, 'time') },
    {
      name: 'Price of shards',
      value: `${formatDollars(dollars.recorded)} → ${formatDollars(dollars.byPolicy)}`,
      detail: `${hoursWords(shardHours.recorded)} as it was, ${hoursWords(shardHours.byPolicy)} by the policy. ${PRICE_BASIS}`,
    },
    {
      name: 'Time with refusals',
      value:
        refused.recorded === 0
          ? 'none was recorded'
          : `${minutesWords(refused.recorded)}, of which ${minutesWords(spared)} avoided and ${minutesWords(refused.left)} left`,
      detail: 'Periods in which records were refused, by what was tried in them',
    },
    {
      name: 'Time that fewer shards would have refused in',
      value: minutesWords(refused.added),
    },
  ];
  return (
    <div className={classes.part} data-old={old || undefined}>
      <FactList narrowColumns={1} facts={facts} />
      <ChartGroup time={TIME}>
        <Chart model={model} stale={old} empty="Nothing was recorded in this time." />
      </ChartGroup>
      <details>
        <summary>{countOf(changes.length, 'reshard')} that it would have begun</summary>
        <ul className={classes.remarks}>
          {changes.map((decision) => (
            <li key={decision.facts.nowMs}>
              {formatInstant(decision.facts.nowMs, zone)}: {decisionWords(decision)}
            </li>
          ))}
        </ul>
      </details>
      <Quiet>
        Decided at the end of each period of {formatAge(periodSeconds * 1_000)}, with a reshard done
        by the next. Lag is the stream’s iterator age. Which shard a rebalance would have relieved,
        and what producers would have written had nothing been refused, is not in the record.
      </Quiet>
    </div>
  );
}

function minutesWords(minutes: number): string {
  return minutes === 0 ? 'none' : formatAge(minutes * MINUTE_MS);
}

function hoursWords(shardHours: number): string {
  return `${shardHours.toFixed(1)} shard-hours`;
}
