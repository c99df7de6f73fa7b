import { openShardsIn, type StreamReading } from '#lib/domain/align-frames.ts';
import type { MetricSeries, MetricWindow } from '#lib/domain/metric-series.ts';
import { SHARD_METRICS, STREAM_METRICS, type StreamMetric } from '#lib/domain/shard-metric.ts';
import type { MetricsAsked } from '#server/aws/get-metrics.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { shardsWithMetrics, type TrackedStream, topologiesFor } from './tracked-stream.ts';

/** How many metrics a reading of `window` asks for: exactly what `readStreams` does. */
export function seriesCount(
  stream: TrackedStream,
  metrics: readonly StreamMetric[],
  window: MetricWindow,
): number {
  const { shardMetrics } = stream.summary;
  const shards = shardMetrics.length === 0 ? 0 : openShardsIn(topologiesFor(stream, window)).length;
  return metrics.length + shards * shardMetrics.length;
}

/** How many metrics a reading of the present asks for, while no shard was closed a moment ago. */
export function usualSeriesCount(stream: TrackedStream, metrics: readonly StreamMetric[]): number {
  return metrics.length + shardsWithMetrics(stream) * stream.summary.shardMetrics.length;
}

/**
 * One reading for each of `streams`, of the same window, in as few calls as possible.
 * @param metrics figures of a whole stream that are read, in the order of STREAM_METRICS
 * @throws AwsFailure
 */
export async function readStreams(
  aws: Aws,
  streams: readonly TrackedStream[],
  metrics: readonly StreamMetric[],
  window: MetricWindow,
  signal: AbortSignal,
  onAsked?: MetricsAsked,
): Promise<readonly StreamReading[]> {
  const asked = streams.map((stream) => {
    const { streamName, shardMetrics } = stream.summary;
    const shardIds = shardMetrics.length === 0 ? [] : openShardsIn(topologiesFor(stream, window));
    const ofStream: MetricSeries[] = metrics.map((metric) => ({
      streamName,
      shardId: null,
      metric,
    }));
    const ofShards: MetricSeries[] = shardIds.flatMap((shardId) =>
      shardMetrics.map((metric) => ({ streamName, shardId, metric })),
    );
    return { shardMetrics, shardIds, series: [...ofStream, ...ofShards] };
  });
  const columns = await aws.getMetrics(
    asked.flatMap(({ series }) => series),
    window,
    signal,
    onAsked,
  );

  let next = 0;
  return asked.map(({ shardMetrics, shardIds }) => {
    const first = next;
    const stream = STREAM_METRICS.map((metric) => {
      const place = metrics.indexOf(metric);
      return place === -1 ? null : (columns[first + place] ?? null);
    });
    next += metrics.length;
    const shards = new Map<string, readonly (Float32Array | null)[]>();
    for (const shardId of shardIds) {
      const from = next;
      shards.set(
        shardId,
        SHARD_METRICS.map((metric) => {
          const place = shardMetrics.indexOf(metric);
          return place === -1 ? null : (columns[from + place] ?? null);
        }),
      );
      next += shardMetrics.length;
    }
    return { window, stream, shards };
  });
}
