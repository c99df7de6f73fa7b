import { CloudWatchClient, type Dimension, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { formatUse } from '#lib/format/percent.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { PERIOD_SECONDS } from './product-of-world.ts';

const DAY_MS = 86_400_000;

/** What the world's own counters say of a shard in a period, as a screen has to show it. */
export async function countedByEngine(
  endpoint: string,
  streamName: string,
  shown: {
    readonly shardId: string /** For example `12:04:05–12:04:10`. */;
    readonly period: string;
  },
): Promise<{ readonly use: string; readonly bytesIn: string; readonly recordsIn: string }> {
  const [bytes = Number.NaN, records = Number.NaN, out = Number.NaN] = await readRates(
    endpoint,
    [
      { Name: 'StreamName', Value: streamName },
      { Name: 'ShardId', Value: shown.shardId },
    ],
    shown.period,
    ['IncomingBytes', 'IncomingRecords', 'OutgoingBytes'],
  );
  const uses = [
    bytes / SHARD_LIMITS.writeBytesPerSecondMax,
    records / SHARD_LIMITS.writeRecordsPerSecondMax,
    out / SHARD_LIMITS.readBytesPerSecondMax,
  ].filter((use) => !Number.isNaN(use));
  return {
    use: formatUse(Math.max(...uses)),
    bytesIn: formatBytesPerSecond(bytes),
    recordsIn: formatRecordsPerSecond(records),
  };
}

/** The same of a whole stream. */
export async function shownOfStream(
  endpoint: string,
  streamName: string,
  period: string,
): Promise<{ readonly bytesIn: string; readonly recordsIn: string }> {
  const [bytes = Number.NaN, records = Number.NaN] = await readRates(
    endpoint,
    [{ Name: 'StreamName', Value: streamName }],
    period,
    ['IncomingBytes', 'IncomingRecords'],
  );
  return {
    bytesIn: formatBytesPerSecond(bytes),
    recordsIn: formatRecordsPerSecond(records),
  };
}

/** Sums over the period, a second; NaN where there is no datapoint. In the order of `metrics`. */
async function readRates(
  endpoint: string,
  dimensions: readonly Dimension[],
  period: string,
  metrics: readonly string[],
): Promise<readonly number[]> {
  const client = new CloudWatchClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const start = startOf(period);
  const { MetricDataResults: results = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: start,
      EndTime: new Date(start.getTime() + PERIOD_SECONDS * 1_000),
      MetricDataQueries: metrics.map((MetricName, i) => ({
        Id: `m${i}`,
        MetricStat: {
          Metric: { Namespace: 'AWS/Kinesis', MetricName, Dimensions: [...dimensions] },
          Period: PERIOD_SECONDS,
          Stat: 'Sum',
        },
      })),
    }),
  );
  client.destroy();
  return metrics.map((_, i) => {
    const sum = results.find(({ Id }) => Id === `m${i}`)?.Values?.[0];
    return (sum ?? Number.NaN) / PERIOD_SECONDS;
  });
}

/** The period's start, today or yesterday, UTC. */
function startOf(period: string): Date {
  const [hours = 0, minutes = 0, seconds = 0] = period.slice(0, 8).split(':').map(Number);
  const midnightMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const startMs = midnightMs + ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  return new Date(startMs > Date.now() ? startMs - DAY_MS : startMs);
}
