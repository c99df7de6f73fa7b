import {
  dollarsOfMetrics,
  metricsFor,
  monthlyDollarsOfCustomMetrics,
} from '#lib/domain/cost/metric-price.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import type {
  ConnectionCosts,
  StreamCadence,
  StreamCosts,
  StretchedStreams,
} from './costs-view.ts';

const DAY_SECONDS = 86_400;

/** Metrics that a stream asks for in a day at its present cadence; null: not planned yet. */
export function metricsPerDay(stream: StreamCosts): number | null {
  return stream.metricsPerReading === null
    ? null
    : (stream.metricsPerReading * DAY_SECONDS) / stream.cadenceSeconds;
}

/** Of the streams that are planned. */
function metricsPerDayInAll({ streams }: ConnectionCosts): number {
  return streams.reduce((sum, stream) => sum + (metricsPerDay(stream) ?? 0), 0);
}

export function isStretched(stream: Pick<StreamCosts, 'cadenceSeconds' | 'wantedCadenceSeconds'>) {
  return (
    stream.wantedCadenceSeconds !== null && stream.cadenceSeconds > stream.wantedCadenceSeconds
  );
}

/** What a stream's shard-level metrics cost in a month, where the account has no other custom metrics. */
export function shardMetricsDollarsPerMonth(stream: StreamCosts): number {
  return monthlyDollarsOfCustomMetrics(stream.shardMetrics.length * stream.openShardCount);
}

/**
 * What a reading costs, which adds up though it is fractions of a cent: two significant digits below ten cents.
 * @example formatCost(0.02736) // '$0.027'
 */
export function formatCost(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return '< $0.0001';
  if (dollars < 0.1) return `$${Number(dollars.toPrecision(2))}`;
  return formatDollars(dollars);
}

/** What so many metrics cost. @example costOfMetrics(42_000) // '$0.42' */
export function costOfMetrics(metrics: number): string {
  return formatCost(dollarsOfMetrics(metrics));
}

/** @example cadenceWords(720) // 'each 12 min' */
export function cadenceWords(seconds: number): string {
  return `each ${formatAge(seconds * 1000)}`;
}

/** Why a stream is read as rarely as it is; null where it is read as often as wanted. */
export function stretchedWords(cadence: StreamCadence): string | null {
  const { cadenceSeconds, wantedCadenceSeconds, budgetDollarsPerDay } = cadence;
  if (!isStretched(cadence) || wantedCadenceSeconds === null || budgetDollarsPerDay === null) {
    return null;
  }
  const perReading = cadence.metricsPerReading ?? 0;
  if (perReading > metricsFor(budgetDollarsPerDay)) {
    return `Not read: one reading asks for ${countOf(perReading, 'metric')} (${costOfMetrics(perReading)}), more than the budget of ${formatCost(budgetDollarsPerDay)} a day. Raise budgetDollarsPerDay in kinetoscope.config.yaml, or switch shard-level metrics off.`;
  }
  return `Read ${cadenceWords(cadenceSeconds)} instead of ${cadenceWords(wantedCadenceSeconds)}, to keep ${formatCost(budgetDollarsPerDay)} a day for all streams of its connection.`;
}

/** The same for a list of streams. */
export function stretchedStreamsWords(stretched: StretchedStreams): string {
  const { budgetDollarsPerDay, slowestCadenceSeconds } = stretched;
  return `${countOf(stretched.stretched, 'stream')} of ${countOf(stretched.streams, 'stream')} ${stretched.stretched === 1 ? 'is' : 'are'} read more rarely than wanted (at the slowest ${cadenceWords(slowestCadenceSeconds)}), to keep ${formatCost(budgetDollarsPerDay)} a day on connection “${stretched.connection}”.`;
}

/**
 * What the budget of a connection comes to on this day.
 * @param nowMs the database's clock
 */
export function budgetWords(costs: ConnectionCosts, nowMs: number): string {
  const spent = costOfMetrics(costs.metricsToday);
  const perDay = costOfMetrics(metricsPerDayInAll(costs));
  if (!costs.charged) {
    return `Free: the ${costs.source} charges nothing, so there is no budget and streams are read as often as people can see. AWS would have charged ${spent} on this day (UTC), and ${perDay} a day at the present cadence.`;
  }
  const { budgetDollarsPerDay: budget } = costs;
  return budget === null
    ? `${spent} on this day (UTC), and ${perDay} a day at the present cadence. There is no budget (budgetDollarsPerDay: none).`
    : `${spent} of ${formatCost(budget)} on this day (UTC); by its end ${costOfMetrics(metricsByEndOfDay(costs, nowMs))} at the present cadence.`;
}

/** The budget is for what is left of the day: begun late, a day has more for each hour. */
function metricsByEndOfDay(costs: ConnectionCosts, nowMs: number): number {
  const secondsGone = Math.max(0, nowMs - costs.dayStartMs) / 1000;
  const left = Math.max(0, 1 - secondsGone / DAY_SECONDS);
  return costs.metricsToday + metricsPerDayInAll(costs) * left;
}

/** Calls a second in at most three digits. @example formatCallRate(0.2) // '0.2' */
export function formatCallRate(callsPerSecond: number): string {
  if (callsPerSecond > 0 && callsPerSecond < 0.005) return '< 0.01';
  return callsPerSecond >= 100
    ? Math.round(callsPerSecond).toLocaleString('en-GB')
    : String(Number(callsPerSecond.toFixed(2)));
}
