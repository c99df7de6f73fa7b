import type { Meter, SeriesId } from '#server/local-aws/metering/meter.ts';
import {
  type MetricFilter,
  type MetricId,
  type MetricSource,
  matchesDimensions,
} from './metric-source.ts';
import type { Unit } from './unit.ts';

export const KINESIS_NAMESPACE = 'AWS/Kinesis';

/** The engine's own counters, as AWS/Kinesis: by StreamName, and by that with ShardId or ConsumerName. */
export function kinesisMetrics(meter: Meter): MetricSource {
  return {
    read(metric, startMs, endMs, periodMs, unit) {
      const series = seriesOf(metric);
      const isInUnit = unit === undefined || unit === unitOf(metric.metricName);
      return series === null || !isInUnit ? [] : meter.read(series, startMs, endMs, periodMs);
    },
    unitsOf: ({ metricName }) => [unitOf(metricName)],
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

/** Source: the developer guide, "Monitor Kinesis Data Streams with CloudWatch". */
function unitOf(metricName: string): Unit {
  if (metricName.endsWith('Bytes')) {
    return 'Bytes';
  }
  return /(?:Latency|Milliseconds|MillisBehindLatest)$/.test(metricName) ? 'Milliseconds' : 'Count';
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
