import { combine } from '#lib/domain/frame.ts';
import { STREAM_METRICS, type StreamMetric, statisticOf } from '#lib/domain/shard-metric.ts';
import type { ShardHistory, StreamHistory } from '#lib/live/stream-detail.ts';

/** A figure, or a gap. */
type Point = number | null;

/** A frame's own values; there are several of a period in which the topology changed. */
export type StreamPoint = {
  readonly periodStartMs: number;
  readonly openShardCount: number;
  readonly values: Float32Array;
};

/** Values of one shard in one frame, one for each of HISTORY_SHARD_METRICS. */
export type ShardPoint = {
  readonly periodStartMs: number;
  readonly shardId: string;
  readonly values: readonly number[];
};

/** The metrics of a shard that charts draw a line of. */
export const HISTORY_SHARD_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'WriteProvisionedThroughputExceeded',
] as const;

/**
 * Lines over all periods from the first to the last that was read: a period in between that was not read is
 * a gap, and so is one in which CloudWatch had no datapoint.
 *
 * @param hottest ids of the shards to draw, in their order
 */
export function historyLines(args: {
  readonly streamId: number;
  readonly periodSeconds: number;
  readonly stream: readonly StreamPoint[];
  readonly hottest: readonly string[];
  readonly shards: readonly ShardPoint[];
}): StreamHistory {
  const { streamId, periodSeconds } = args;
  const periodMs = periodSeconds * 1000;
  const starts = args.stream.map((point) => point.periodStartMs);
  const firstMs = starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const lastMs = starts.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const length = starts.length === 0 ? 0 : (lastMs - firstMs) / periodMs + 1;
  const placeOf = (periodStartMs: number) => (periodStartMs - firstMs) / periodMs;
  const emptyLine = () => new Array<number>(length).fill(Number.NaN);

  const sums = STREAM_METRICS.map(emptyLine);
  const openShardCount = new Array<Point>(length).fill(null);
  for (const point of args.stream) {
    const place = placeOf(point.periodStartMs);
    addTo(sums, place, point.values, STREAM_METRICS);
    // Of several topologies in a period, the one that the stream's own figures are filed under was in force.
    if (openShardCount[place] === null || !point.values.every(Number.isNaN)) {
      openShardCount[place] = point.openShardCount;
    }
  }

  const shardSums = new Map(
    args.hottest.map((shardId) => [shardId, HISTORY_SHARD_METRICS.map(emptyLine)]),
  );
  for (const { shardId, periodStartMs, values } of args.shards) {
    const lines = shardSums.get(shardId);
    const place = placeOf(periodStartMs);
    if (lines !== undefined && place >= 0 && place < length) {
      addTo(lines, place, values, HISTORY_SHARD_METRICS);
    }
  }

  const streamLine = (metric: StreamMetric) => sums[STREAM_METRICS.indexOf(metric)] ?? [];
  const perSecond = (line: readonly number[]) => points(line, periodSeconds);
  return {
    streamId,
    periodSeconds,
    periodStartMs: Array.from({ length }, (_, i) => firstMs + i * periodMs),
    incomingBytesPerSecond: perSecond(streamLine('IncomingBytes')),
    incomingRecordsPerSecond: perSecond(streamLine('IncomingRecords')),
    outgoingBytesPerSecond: perSecond(streamLine('GetRecords.Bytes')),
    outgoingRecordsPerSecond: perSecond(streamLine('GetRecords.Records')),
    writeThrottledRecords: points(streamLine('WriteProvisionedThroughputExceeded')),
    readThrottledCalls: points(streamLine('ReadProvisionedThroughputExceeded')),
    openShardCount,
    hottest: [...shardSums].map(
      ([shardId, [bytes, records, throttled]]): ShardHistory => ({
        shardId,
        incomingBytesPerSecond: perSecond(bytes ?? []),
        incomingRecordsPerSecond: perSecond(records ?? []),
        writeThrottledRecords: points(throttled ?? []),
      }),
    ),
  };
}

function addTo(
  lines: readonly number[][],
  place: number,
  values: ArrayLike<number>,
  metrics: readonly StreamMetric[] | typeof HISTORY_SHARD_METRICS,
): void {
  for (const [i, metric] of metrics.entries()) {
    const line = lines[i];
    if (line === undefined) continue;
    line[place] = combine(statisticOf(metric), line[place] ?? Number.NaN, values[i] ?? Number.NaN);
  }
}

function points(line: readonly number[], divisor = 1): readonly Point[] {
  return line.map((value) => (Number.isNaN(value) ? null : value / divisor));
}
