import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { ageChart } from './age-chart.ts';
import type { ChartLine, ChartModel, ChartUnit } from './chart-model.ts';
import { type ChartWindow, chartSpan } from './chart-span.ts';
import { countChart } from './count-charts.ts';
import type { Line, ShardLines, StreamHistory } from './stream-history.ts';
import { yMax } from './y-scale.ts';

/** Key of the line of refusals on shards that are not among the hottest. */
const OTHERS = 'others';

/** The hottest shards against a shard's limits. @param slots palette place by shard id */
export function shardCharts(
  history: StreamHistory,
  slots: ReadonlyMap<string, number>,
  window: ChartWindow,
  retentionHours: number,
): readonly ChartModel[] {
  const span = chartSpan(history, window);
  const lines = (name: keyof ShardLines, refused?: keyof ShardLines): readonly ChartLine[] =>
    history.hottest.map((shard) => ({
      key: shard.shardId,
      label: shortShardId(shard.shardId),
      title: shard.shardId,
      slot: slots.get(shard.shardId) ?? 0,
      values: shard.lines[name],
      ...(refused !== undefined && { refused: shard.lines[refused] }),
    }));
  const against = (chart: {
    readonly key: string;
    readonly title: string;
    readonly source: string;
    readonly unit: ChartUnit;
    readonly limit: number;
    readonly limitText: string;
    readonly lines: readonly ChartLine[];
  }): ChartModel => {
    const limits = [
      {
        key: chart.key,
        label: `limit of a shard ${chart.limitText}`,
        values: history.periodStartMs.map(() => chart.limit),
      },
    ];
    const { key, title, source, unit } = chart;
    return {
      key,
      title,
      source,
      unit,
      ...span,
      shape: 'lines',
      lines: chart.lines,
      limits,
      limitAbove: null,
      yMin: 0,
      yMax: yMax(chart.lines, limits, chart.limit),
    };
  };
  const { writeBytesPerSecondMax, writeRecordsPerSecondMax, readBytesPerSecondMax } = SHARD_LIMITS;
  return [
    against({
      key: 'bytes',
      title: 'Bytes in per shard',
      source: 'IncomingBytes, Sum',
      unit: 'bytesPerSecond',
      limit: writeBytesPerSecondMax,
      limitText: formatBytesPerSecond(writeBytesPerSecondMax),
      lines: lines('writeBytesPerSecond', 'writeThrottledRecords'),
    }),
    against({
      key: 'records',
      title: 'Records in per shard',
      source: 'IncomingRecords, Sum',
      unit: 'recordsPerSecond',
      limit: writeRecordsPerSecondMax,
      limitText: formatRecordsPerSecond(writeRecordsPerSecondMax),
      lines: lines('writeRecordsPerSecond', 'writeThrottledRecords'),
    }),
    countChart(span, {
      key: 'refused',
      title: 'Records refused per period',
      source: 'WriteProvisionedThroughputExceeded, Sum',
      unit: 'records',
      lines: refusing(history.stream.writeThrottledRecords, lines('writeThrottledRecords')),
    }),
    countChart(span, {
      key: 'readsRefused',
      title: 'Reads refused per period',
      source: 'ReadProvisionedThroughputExceeded, Sum',
      unit: 'calls',
      lines: refusing(history.stream.readThrottledCalls, lines('readThrottledCalls')),
    }),
    against({
      key: 'bytesOut',
      title: 'Bytes out per shard',
      source: 'OutgoingBytes, Sum',
      unit: 'bytesPerSecond',
      limit: readBytesPerSecondMax,
      limitText: formatBytesPerSecond(readBytesPerSecondMax),
      lines: lines('readBytesPerSecond'),
    }),
    ageChart(span, retentionHours, {
      key: 'age',
      title: 'Iterator age per shard',
      source: 'IteratorAgeMilliseconds, Maximum',
      lines: lines('iteratorAgeMs'),
    }),
  ];
}

/** Shards that refused within the range, and one line for all others where they refused too. */
function refusing(ofStream: Line, lines: readonly ChartLine[]): readonly ChartLine[] {
  const some = lines.filter((line) => line.values.some((value) => (value ?? 0) > 0));
  const others = othersRefused(
    ofStream,
    some.map((line) => line.values),
  );
  if (!others.some((value) => (value ?? 0) > 0)) return some;
  const free = [0, 1, 2, 3, 4, 5, 6, 7].find((slot) => !lines.some((line) => line.slot === slot));
  return [
    ...some,
    { key: OTHERS, label: 'others', title: 'All other shards', slot: free ?? 7, values: others },
  ];
}

/** The stream's refusals less those of the given shards; null where the stream's are unknown. */
export function othersRefused(ofStream: Line, ofShards: readonly Line[]): Line {
  return ofStream.map((total, i) =>
    total === null
      ? null
      : Math.max(0, total - ofShards.reduce((sum, values) => sum + (values[i] ?? 0), 0)),
  );
}
