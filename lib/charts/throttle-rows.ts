import { othersRefused } from './shard-charts.ts';
import type { StreamHistory } from './stream-history.ts';

/** Refusals of the newest completed periods, newest first. null where CloudWatch had no datapoint. */
export type ThrottleRows = {
  /** Shards that refused within these periods, the most first: the columns. */
  readonly shardIds: readonly string[];
  readonly rows: readonly ThrottleRow[];
};

export type ThrottleRow = {
  readonly periodStartMs: number;
  /** One for each of `shardIds`. */
  readonly byShard: readonly (number | null)[];
  /** Records refused by shards that are not among `shardIds`. */
  readonly others: number | null;
  /** Records refused by the stream. */
  readonly total: number | null;
  /** GetRecords calls refused by the stream. */
  readonly reads: number | null;
};

/** @param shardsMax columns there is room for */
export function throttleRows(
  history: StreamHistory,
  periodsMax: number,
  shardsMax: number,
): ThrottleRows {
  const from = Math.max(0, history.periodStartMs.length - periodsMax);
  const shards = history.hottest
    .map(({ shardId, lines }) => ({
      shardId,
      values: lines.writeThrottledRecords.slice(from),
    }))
    .map((shard) => ({ ...shard, sum: shard.values.reduce<number>((a, b) => a + (b ?? 0), 0) }))
    .filter((shard) => shard.sum > 0)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, shardsMax);
  const totals = history.stream.writeThrottledRecords.slice(from);
  const others = othersRefused(
    totals,
    shards.map((shard) => shard.values),
  );
  const reads = history.stream.readThrottledCalls.slice(from);
  const rows = history.periodStartMs.slice(from).map((periodStartMs, i) => ({
    periodStartMs,
    byShard: shards.map((shard) => shard.values[i] ?? null),
    others: others[i] ?? null,
    total: totals[i] ?? null,
    reads: reads[i] ?? null,
  }));
  return { shardIds: shards.map((shard) => shard.shardId), rows: rows.reverse() };
}
