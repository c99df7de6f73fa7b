import type { ChartLine, ChartModel } from '#lib/charts/chart-model.ts';
import { yMax } from '#lib/charts/y-scale.ts';
import type { BacktestView } from './autoscale-view.ts';

/** Lowest top of the scale, shards. */
const TOP_MIN = 4;

/** The shards of a recorded time as they were and as a policy would have had them, beside the load that both held. */
export function backtestChart(test: BacktestView): ChartModel {
  const { periodSeconds, periodStartMs } = test;
  const periodMs = periodSeconds * 1_000;
  // A decision is made at the end of the period that it is marked in.
  const decidedMs = new Set(test.changes.map(({ facts }) => facts.nowMs - periodMs));
  const lines: readonly ChartLine[] = [
    {
      key: 'recorded',
      label: 'As it was',
      title: 'Open shards, as they were recorded',
      slot: 0,
      values: test.recordedShards,
    },
    {
      key: 'policy',
      label: 'By the policy',
      title: 'Open shards at the end of each period, had the policy acted',
      slot: 1,
      values: test.policyShards,
    },
    {
      key: 'load',
      label: 'Load',
      title:
        'What was written, in shards that it would have filled: by bytes or records, whichever is more',
      slot: 2,
      values: test.loadShards,
    },
    {
      key: 'decided',
      label: 'Decided',
      title: 'Periods at the end of which the policy would have changed the shards',
      slot: 3,
      values: periodStartMs.map((startMs, i) =>
        decidedMs.has(startMs) ? (test.policyShards[i] ?? null) : null,
      ),
    },
  ];
  return {
    key: 'backtest',
    title: 'Shards, as they were and by the policy',
    source: 'IncomingBytes and IncomingRecords, Sum; shards by ListShards',
    unit: 'shards',
    shape: 'lines',
    periodSeconds,
    periodStartMs,
    partialSeconds: null,
    fromMs: periodStartMs[0] ?? 0,
    toMs: (periodStartMs.at(-1) ?? 0) + periodMs,
    lines,
    limits: [],
    limitAbove: null,
    yMin: 0,
    yMax: yMax(lines, [], TOP_MIN),
  };
}
