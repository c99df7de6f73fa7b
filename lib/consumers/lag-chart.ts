import { ageChart } from '#lib/charts/age-chart.ts';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import type { LagHistory } from './lag-history.ts';

/** The worst lag of an application over time: the interval that it lies in, against what the stream retains. */
export function lagChart(
  history: LagHistory,
  span: { readonly fromMs: number; readonly toMs: number },
  retentionHours: number,
): ChartModel {
  const ms = (line: readonly (number | null)[]) =>
    line.map((seconds) => (seconds === null ? null : seconds * 1_000));
  return {
    ...ageChart(
      {
        periodSeconds: history.periodSeconds,
        periodStartMs: history.periodStartMs,
        partialSeconds: null,
        ...span,
      },
      retentionHours,
      {
        key: 'lag',
        title: 'Lag of the worst shard',
        source: 'checkpoints of the leases, or CloudWatch where AWS measures it itself',
        lines: history.atMostSeconds.every((value) => value === null)
          ? []
          : [
              {
                key: 'atMost',
                label: 'at most',
                title: 'Upper bound of the worst lag in each period',
                slot: 0,
                values: ms(history.atMostSeconds),
              },
              {
                key: 'atLeast',
                label: 'at least',
                title: 'Lower bound of the worst lag in each period',
                slot: 1,
                values: ms(history.atLeastSeconds),
              },
            ],
      },
    ),
    fillsBetween: true,
  };
}
