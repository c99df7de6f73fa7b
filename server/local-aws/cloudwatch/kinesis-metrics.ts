import type { Meter, SeriesId } from '#server/local-aws/metering/meter.ts';
import {
  type MetricFilter,
  type MetricId,
  type MetricSource,
  matchesDimensions,
} from './metric-source.ts';

export const KINESIS_NAMESPACE = 'AWS/Kinesis';

/** The engine's own counters, as AWS/Kinesis: by StreamName, and by that with ShardId or ConsumerName. */
export function kinesisMetrics(meter: Meter): MetricSource {
  return {
    read(metric, startMs, endMs, periodMs) {
      const series = seriesOf(metric);
      return series === null ? [] : meter.read(series, startMs, endMs, periodMs);
    },
    list(filter) {
      if (filter.namespace !== undefined && filter.namespace !== KINESIS_NAMESPACE) {
        return [];
      }
      return meter
        .list(meterFilter(filter))
        .map(metricOf)
        .filter((metric) => matchesDimensions(metric, filter));
    },
  };
}

function meterFilter(filter: MetricFilter) {
  const streamName = filter.dimensions.find(({ name }) => name === 'StreamName')?.value;
  return {
    ...(typeof streamName === 'string' && { streamName }),
    ...(filter.metricName !== undefined && { metric: filter.metricName }),
  };
}

function seriesOf({ metricName, dimensions }: MetricId): SeriesId | null {
  const { StreamName: streamName, ShardId: shardId, ConsumerName, ...others } = dimensions;
  const isBoth = shardId !== undefined && ConsumerName !== undefined;
  if (streamName === undefined || isBoth || Object.keys(others).length > 0) {
    return null;
  }
  return { streamName, shardId: shardId ?? null, metric: metricName, consumerName: ConsumerName };
}

function metricOf({ streamName, shardId, metric, consumerName }: SeriesId): MetricId {
  return {
    namespace: KINESIS_NAMESPACE,
    metricName: metric,
    dimensions: {
      StreamName: streamName,
      ...(shardId !== null && { ShardId: shardId }),
      ...(consumerName !== undefined && { ConsumerName: consumerName }),
    },
  };
}
