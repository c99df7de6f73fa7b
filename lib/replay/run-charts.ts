import type { ChartLine, ChartModel } from '#lib/charts/chart-model.ts';
import { isFarAbove, yMax } from '#lib/charts/y-scale.ts';
import { formatBytesPerSecond } from '#lib/format/rate.ts';
import type { ReplayTickView } from './view/course.ts';

/** Lengths that a period may have, seconds: ticks come some seconds apart, and a replay may take days. */
const PERIODS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400];
const PERIODS_MAX = 240;
/** Ticks that lie further apart than so many periods have a pause, or nobody who counted, between them. */
const GAP_PERIODS = 3;
/** A mean over less of a period than this says little of the period. */
const COVERED_MIN = 0.5;

/** Lowest tops of the scales. */
const BYTES_TOP_MIN = 10_240;
const RECORDS_TOP_MIN = 10;

type Grid = Pick<
  ChartModel,
  'periodSeconds' | 'periodStartMs' | 'partialSeconds' | 'fromMs' | 'toMs'
>;

/** Two ticks that follow each other without a gap. */
type Step = { readonly from: ReplayTickView; readonly to: ReplayTickView };

/**
 * How fast a replay went, against its cap and beside live traffic. Made of counters: what was sent between two ticks is
 * spread evenly over the time between them. While nobody counted there is a gap.
 */
export function runCharts(ticks: readonly ReplayTickView[]): readonly ChartModel[] {
  const grid = gridOf(ticks);
  const steps = stepsOf(ticks, grid.periodSeconds);
  const rate = (count: (tick: ReplayTickView) => number) =>
    grid.periodStartMs.map((startMs) => meanRate(steps, startMs, grid.periodSeconds, count));
  const last = (figure: (tick: ReplayTickView) => number | null) =>
    grid.periodStartMs.map((startMs) => lastKnown(steps, startMs, grid.periodSeconds, figure));
  return [
    bytesChart(
      grid,
      rate(({ emittedBytes }) => emittedBytes),
      last(({ liveBytesPerSecond }) => liveBytesPerSecond),
      last(({ capBytesPerSecond }) => capBytesPerSecond),
    ),
    recordsChart(
      grid,
      rate(({ emitted }) => emitted),
      rate(({ throttled }) => throttled),
    ),
  ];
}

function bytesChart(
  grid: Grid,
  sent: ChartLine['values'],
  live: ChartLine['values'],
  cap: ChartLine['values'],
): ChartModel {
  const lines: readonly ChartLine[] = [
    {
      key: 'sent',
      label: 'This replay',
      title: 'Data and keys of records that the target acknowledged',
      slot: 0,
      values: sent,
    },
    {
      key: 'live',
      label: 'Live traffic',
      title: 'What others write to the target: as CloudWatch counts it, less what this replay sent',
      slot: 1,
      values: live,
    },
  ];
  const limit = { key: 'cap', label: 'cap of this replay', values: cap };
  const isKnown = cap.some((value) => value !== null);
  const isAbove = isKnown && isFarAbove(lines, [limit]);
  const limits = isKnown && !isAbove ? [limit] : [];
  const newestCap = cap.findLast((value) => value !== null) ?? null;
  return {
    key: 'replay-bytes',
    title: 'Data sent, and what others write',
    source: 'sums of the replay’s checkpoints; live traffic: IncomingBytes of CloudWatch',
    isOwnCount: true,
    unit: 'bytesPerSecond',
    shape: 'lines',
    ...grid,
    lines,
    limits,
    limitAbove: isAbove ? `cap ${formatBytesPerSecond(newestCap)}` : null,
    yMin: 0,
    yMax: yMax(lines, limits, BYTES_TOP_MIN),
  };
}

function recordsChart(
  grid: Grid,
  sent: ChartLine['values'],
  throttled: ChartLine['values'],
): ChartModel {
  const lines: readonly ChartLine[] = [
    {
      key: 'sent',
      label: 'Acknowledged',
      title: 'Records that the target acknowledged, each once',
      slot: 0,
      values: sent,
    },
    {
      key: 'throttled',
      label: 'Throttled',
      title: 'Records that the target refused for their rate; each is sent again',
      slot: 3,
      values: throttled,
    },
  ];
  return {
    key: 'replay-records',
    title: 'Records acknowledged and throttled',
    source: 'sums of the replay’s checkpoints',
    isOwnCount: true,
    unit: 'recordsPerSecond',
    shape: 'lines',
    ...grid,
    lines,
    limits: [],
    limitAbove: null,
    yMin: 0,
    yMax: yMax(lines, [], RECORDS_TOP_MIN),
  };
}

/** Periods from the first tick on. The last one is as long as there are ticks in it. */
function gridOf(ticks: readonly ReplayTickView[]): Grid {
  const fromMs = ticks[0]?.atMs ?? 0;
  const toMs = ticks.at(-1)?.atMs ?? fromMs;
  const seconds = (toMs - fromMs) / 1_000;
  const periodSeconds =
    PERIODS.find((period) => seconds <= period * PERIODS_MAX) ?? Math.ceil(seconds / PERIODS_MAX);
  // A last period of less than a second says nothing, and cannot be called so.
  const count = Math.ceil((seconds - 1) / periodSeconds);
  const partial = seconds - (count - 1) * periodSeconds;
  return {
    periodSeconds,
    periodStartMs: Array.from(
      { length: Math.max(0, count) },
      (_, i) => fromMs + i * periodSeconds * 1_000,
    ),
    partialSeconds: count <= 0 || partial >= periodSeconds ? null : Math.round(partial),
    fromMs,
    toMs,
  };
}

function stepsOf(ticks: readonly ReplayTickView[], periodSeconds: number): readonly Step[] {
  const gapMs = GAP_PERIODS * periodSeconds * 1_000;
  return ticks.flatMap((to, i) => {
    const from = ticks[i - 1];
    return from !== undefined && to.atMs > from.atMs && to.atMs - from.atMs <= gapMs
      ? [{ from, to }]
      : [];
  });
}

/** A second, over as much of a period as was counted; null where that is too little. */
function meanRate(
  steps: readonly Step[],
  startMs: number,
  periodSeconds: number,
  count: (tick: ReplayTickView) => number,
): number | null {
  const endMs = startMs + periodSeconds * 1_000;
  let coveredMs = 0;
  let sum = 0;
  for (const { from, to } of steps) {
    const overlapMs = Math.min(to.atMs, endMs) - Math.max(from.atMs, startMs);
    if (overlapMs <= 0) continue;
    coveredMs += overlapMs;
    sum += ((count(to) - count(from)) * overlapMs) / (to.atMs - from.atMs);
  }
  return coveredMs < COVERED_MIN * periodSeconds * 1_000 ? null : (sum / coveredMs) * 1_000;
}

/** As of the last tick of a period that was counted; null where it was unknown then. */
function lastKnown(
  steps: readonly Step[],
  startMs: number,
  periodSeconds: number,
  figure: (tick: ReplayTickView) => number | null,
): number | null {
  const endMs = startMs + periodSeconds * 1_000;
  const step = steps.findLast(({ from, to }) => from.atMs < endMs && to.atMs > startMs);
  return step === undefined ? null : figure(step.to);
}
