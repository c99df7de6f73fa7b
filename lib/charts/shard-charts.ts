import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ShardHistory, StreamHistory } from '#lib/live/stream-detail.ts';
import type { ChartLine, ChartModel } from './chart-model.ts';
import { chartSpan } from './chart-span.ts';
import { refusalsChart } from './refusals-chart.ts';
import { yMax } from './y-max.ts';

export type ShardCharts = {
  readonly bytes: ChartModel;
  readonly records: ChartModel;
  readonly throttled: ChartModel;
};

/** Key of the line of refusals on shards that are not among the hottest. */
const OTHERS = 'others';

/** The hottest shards against a shard's limits. @param slots palette place by shard id */
export function shardCharts(
  history: StreamHistory,
  slots: ReadonlyMap<string, number>,
  windowMs: number,
): ShardCharts {
  const span = chartSpan(history, windowMs);
  const lines = (values: (shard: ShardHistory) => ChartLine['values']) =>
    history.hottest.map((shard) => ({
      key: shard.shardId,
      label: shortShardId(shard.shardId),
      title: shard.shardId,
      slot: slots.get(shard.shardId) ?? 0,
      values: values(shard),
    }));
  const flat = (value: number) => history.periodStartMs.map(() => value);

  const bytes = lines((shard) => shard.incomingBytesPerSecond);
  const { writeBytesPerSecondMax, writeRecordsPerSecondMax } = SHARD_LIMITS;
  const bytesLimit = {
    key: 'writeBytes',
    label: `limit of a shard ${formatBytesPerSecond(writeBytesPerSecondMax)}`,
    values: flat(writeBytesPerSecondMax),
  };
  const records = lines((shard) => shard.incomingRecordsPerSecond);
  const recordsLimit = {
    key: 'writeRecords',
    label: `limit of a shard ${formatRecordsPerSecond(writeRecordsPerSecondMax)}`,
    values: flat(writeRecordsPerSecondMax),
  };
  const throttled = throttledLines(
    history,
    lines((shard) => shard.writeThrottledRecords),
  );
  return {
    bytes: {
      title: 'Bytes in per shard',
      unit: 'bytesPerSecond',
      shape: 'lines',
      ...span,
      lines: bytes,
      limits: [bytesLimit],
      yMax: yMax(bytes, [bytesLimit], writeBytesPerSecondMax),
    },
    records: {
      title: 'Records in per shard',
      unit: 'recordsPerSecond',
      shape: 'lines',
      ...span,
      lines: records,
      limits: [recordsLimit],
      yMax: yMax(records, [recordsLimit], writeRecordsPerSecondMax),
    },
    throttled: refusalsChart(span, throttled),
  };
}

/** Shards that refused within the window, and one line for all others where they refused too. */
function throttledLines(history: StreamHistory, lines: readonly ChartLine[]): readonly ChartLine[] {
  const refusing = lines.filter((line) => line.values.some((value) => (value ?? 0) > 0));
  const others = othersRefused(
    history.writeThrottledRecords,
    refusing.map((line) => line.values),
  );
  if (!others.some((value) => (value ?? 0) > 0)) return refusing;
  const free = [0, 1, 2, 3, 4, 5, 6, 7].find((slot) => !lines.some((line) => line.slot === slot));
  return [
    ...refusing,
    { key: OTHERS, label: 'others', title: 'All other shards', slot: free ?? 7, values: others },
  ];
}

/** The stream's refusals less those of the given shards; null where the stream's are unknown. */
export function othersRefused(
  ofStream: readonly (number | null)[],
  ofShards: readonly (readonly (number | null)[])[],
): readonly (number | null)[] {
  return ofStream.map((total, i) =>
    total === null
      ? null
      : Math.max(0, total - ofShards.reduce((sum, values) => sum + (values[i] ?? 0), 0)),
  );
}
