import { openShardsIn, type StreamReading } from '#lib/domain/align-frames.ts';
import type { MetricSeries, MetricWindow } from '#lib/domain/metric-series.ts';
import { SHARD_METRICS, STREAM_METRICS } from '#lib/domain/shard-metric.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { type TrackedStream, topologiesFor } from './tracked-stream.ts';

/** One reading for each of `streams`, of the same window, in as few calls as possible. @throws AwsFailure */
export async function readStreams(
  aws: Aws,
  streams: readonly TrackedStream[],
  window: MetricWindow,
  signal: AbortSignal,
): Promise<readonly StreamReading[]> {
  const asked = streams.map((stream) => {
    const { streamName, shardMetrics } = stream.summary;
    const shardIds = shardMetrics.length === 0 ? [] : openShardsIn(topologiesFor(stream, window));
    const ofStream: MetricSeries[] = STREAM_METRICS.map((metric) => ({
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
  );

  let next = 0;
  return asked.map(({ shardMetrics, shardIds }) => {
    const stream = columns.slice(next, next + STREAM_METRICS.length);
    next += STREAM_METRICS.length;
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
