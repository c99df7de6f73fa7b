import { expect, it } from 'vitest';
import { describeChart } from '#lib/charts/describe-chart.ts';
import { backtestAutoscale } from '#lib/domain/reshard/autoscale/backtest.ts';
import type { RecordedPeriod } from '#lib/domain/reshard/autoscale/look-back.ts';
import { AUTOSCALE_DEFAULTS } from '#lib/domain/reshard/autoscale/policy.ts';
import { backtestChart } from './backtest-chart.ts';

const MINUTE_MS = 60_000;

function testOf(loads: readonly number[]) {
  const periods = loads.map(
    (loadShards, i): RecordedPeriod => ({
      startMs: i * MINUTE_MS,
      periodSeconds: 60,
      openShardCount: 2,
      loadShards,
      triedShards: loadShards,
      busiestUse: null,
      refused: false,
      lagMs: 0,
    }),
  );
  const { shardCounts, ...test } = backtestAutoscale(AUTOSCALE_DEFAULTS, periods);
  return {
    ...test,
    periodSeconds: 60,
    periodStartMs: periods.map(({ startMs }) => startMs),
    loadShards: loads,
    recordedShards: periods.map(({ openShardCount }) => openShardCount),
    policyShards: shardCounts,
  };
}

it('marks each decision in the period at the end of which it was made', () => {
  const loads = [...Array.from({ length: 20 }, () => 1.2), 2, 2];
  const model = backtestChart(testOf(loads));
  const [recorded, policy, load, decided] = model.lines.map(({ values }) => values);
  expect(recorded).toEqual(loads.map(() => 2));
  expect(policy?.slice(-3)).toEqual([2, 3, 3]);
  expect(load).toEqual(loads);
  expect(decided?.map((value) => value !== null)).toEqual(loads.map((_, i) => i === 20));
  expect(model.toMs).toBe(22 * MINUTE_MS);
  expect(describeChart(model)).toContain('As it was 2 shards, By the policy 3 shards');
});

it('shows all of its lines, and no less than some shards', () => {
  expect(backtestChart(testOf([0.1])).yMax).toBe(4);
  expect(backtestChart(testOf([9])).yMax).toBeGreaterThan(9);
});
