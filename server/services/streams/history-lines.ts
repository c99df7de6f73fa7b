import {
  emptyHistory,
  type Line,
  type StreamHistory,
  shardLinesOf,
  streamLinesOf,
} from '#lib/charts/stream-history.ts';
import { combine } from '#lib/domain/frame.ts';
import { periodStart } from '#lib/domain/roll-up.ts';
import {
  SHARD_METRICS,
  type ShardMetric,
  STREAM_METRICS,
  type StreamMetric,
  statisticOf,
} from '#lib/domain/shard-metric.ts';
import { streamFigures } from '#lib/domain/stream-figures.ts';
import { figuresOfSums } from '#lib/domain/throughput.ts';

/** A frame's own values; there are several of a period in which the topology changed. */
export type StreamPoint = {
  readonly periodStartMs: number;
  readonly openShardCount: number;
  readonly values: Float32Array;
};

/** Values of one shard in one frame, one for each of SHARD_METRICS. */
export type ShardPoint = {
  readonly periodStartMs: number;
  readonly shardId: string;
  readonly values: ArrayLike<number>;
};

/**
 * Lines over all periods from the first to the last that was read: a period in between that was not read is
 * a gap, and so is one in which CloudWatch had no datapoint. Points of shorter periods are gathered into the
 * period that they lie in.
 *
 * @param args.hottest ids of the shards to draw, in their order
 * @param args.partialSeconds how much of the last period the points are of, where it is not over
 */
export function historyLines(args: {
  readonly streamId: number;
  readonly periodSeconds: number;
  readonly partialSeconds: number | null;
  readonly stream: readonly StreamPoint[];
  readonly hottest: readonly string[];
  readonly shards: readonly ShardPoint[];
}): StreamHistory {
  const { streamId, periodSeconds, partialSeconds } = args;
  const periodMs = periodSeconds * 1000;
  const starts = args.stream.map((point) => periodStart(point.periodStartMs, periodSeconds));
  if (starts.length === 0) return emptyHistory(streamId, periodSeconds);
  const firstMs = starts.reduce((a, b) => Math.min(a, b));
  const lastMs = starts.reduce((a, b) => Math.max(a, b));
  const length = (lastMs - firstMs) / periodMs + 1;
  const placeOf = (startMs: number) => (periodStart(startMs, periodSeconds) - firstMs) / periodMs;
  const secondsAt = (place: number) =>
    place === length - 1 ? (partialSeconds ?? periodSeconds) : periodSeconds;

  const sums = emptySums(length, STREAM_METRICS.length);
  const openShardCount = new Array<number | null>(length).fill(null);
  for (const point of args.stream) {
    const place = placeOf(point.periodStartMs);
    addTo(sums[place], point.values, STREAM_METRICS);
    // Of several topologies in a period, the one that the stream's own figures are filed under was in force.
    if (openShardCount[place] === null || !point.values.every(Number.isNaN)) {
      openShardCount[place] = point.openShardCount;
    }
  }
  const figures = sums.map((values, place) => streamFigures(values, secondsAt(place)));

  const sumsOf = new Map(
    args.hottest.map((shardId) => [shardId, emptySums(length, SHARD_METRICS.length)]),
  );
  for (const { shardId, periodStartMs, values } of args.shards) {
    addTo(sumsOf.get(shardId)?.[placeOf(periodStartMs)], values, SHARD_METRICS);
  }

  return {
    streamId,
    periodSeconds,
    partialSeconds,
    periodStartMs: Array.from({ length }, (_, i) => firstMs + i * periodMs),
    stream: streamLinesOf((name) =>
      name === 'openShardCount' ? openShardCount : figures.map((one) => known(one[name])),
    ),
    hottest: [...sumsOf].map(([shardId, ofShard]) => {
      const shardFigures = ofShard.map((values, place) =>
        figuresOfSums(
          (metric) => values[SHARD_METRICS.indexOf(metric)] ?? Number.NaN,
          secondsAt(place),
        ),
      );
      return {
        shardId,
        lines: shardLinesOf((name): Line => shardFigures.map((one) => known(one[name]))),
      };
    }),
  };
}

function emptySums(length: number, metricCount: number): Float64Array[] {
  return Array.from({ length }, () => new Float64Array(metricCount).fill(Number.NaN));
}

/** @param sums undefined where the point lies outside the history: it counts nowhere */
function addTo(
  sums: Float64Array | undefined,
  values: ArrayLike<number>,
  metrics: readonly (StreamMetric | ShardMetric)[],
): void {
  if (sums === undefined) return;
  for (const [i, metric] of metrics.entries()) {
    sums[i] = combine(statisticOf(metric), sums[i] ?? Number.NaN, values[i] ?? Number.NaN);
  }
}

/** NaN (no datapoint) is a gap on the wire and in a chart. */
function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
