import { monthlyDollarsOfCustomMetrics } from '#lib/domain/cost/metric-price.ts';
import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import { countOf } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';

/** What a shard-level metric is good for. */
export const METRIC_PURPOSE: Readonly<Record<ShardMetric, string>> = {
  IncomingBytes: 'use of the write limit in bytes, by shard',
  IncomingRecords: 'use of the write limit in records, by shard',
  WriteProvisionedThroughputExceeded: 'which shard refuses records',
  OutgoingBytes: 'use of the read limit, by shard',
  OutgoingRecords: 'records read, by shard',
  ReadProvisionedThroughputExceeded: 'which shard refuses readers',
  IteratorAgeMilliseconds: 'how far behind readers are, by shard',
};

/** Enough to tell which shard is hot and why. */
export const METRICS_ADVISED: readonly ShardMetric[] = [
  'IncomingBytes',
  'IncomingRecords',
  'WriteProvisionedThroughputExceeded',
];

/** What is to be sent to get from `on` to `wanted`: one change, or why it cannot be one. */
export type SwitchPlan =
  | { readonly blocked: string }
  | { readonly blocked: null; readonly on: boolean; readonly metrics: readonly ShardMetric[] };

export function planSwitch(on: readonly ShardMetric[], wanted: readonly ShardMetric[]): SwitchPlan {
  const toEnable = SHARD_METRICS.filter((m) => wanted.includes(m) && !on.includes(m));
  const toDisable = SHARD_METRICS.filter((m) => on.includes(m) && !wanted.includes(m));
  if (toEnable.length === 0 && toDisable.length === 0) return { blocked: 'It is so already.' };
  if (toEnable.length > 0 && toDisable.length > 0) {
    return { blocked: 'Kinesis takes one change at a time: switch on first, and off after it.' };
  }
  const switchesOn = toEnable.length > 0;
  return { blocked: null, on: switchesOn, metrics: switchesOn ? toEnable : toDisable };
}

/** What the metrics of all open shards cost in a month, by list price. */
export function monthlyDollars(metricCount: number, openShardCount: number): number {
  return monthlyDollarsOfCustomMetrics(metricCount * openShardCount);
}

/**
 * The price before and after a change.
 * @example '$25.20 a month: 7 metrics of 12 open shards are 84 custom metrics. At present $0.00.'
 */
export function switchPriceWords(
  onCount: number,
  wantedCount: number,
  openShardCount: number,
): string {
  const custom = wantedCount * openShardCount;
  const now = formatDollars(monthlyDollars(onCount, openShardCount));
  return `${formatDollars(monthlyDollars(wantedCount, openShardCount))} a month: ${countOf(wantedCount, 'metric')} of ${countOf(openShardCount, 'open shard')} ${custom === 1 ? 'is' : 'are'} ${countOf(custom, 'custom metric')}. At present ${now}.`;
}
