import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { isLoopback } from '#server/conformance/clients.ts';

/** One metric of a stream, or of one of its shards. */
export interface Metric {
  readonly name: string;
  readonly shardId?: string;
  readonly stat?: 'Sum' | 'SampleCount' | 'Maximum' | 'Minimum';
}

/** A minute: the finest that every endpoint keeps of Kinesis's metrics. */
const PERIOD_SECONDS = 60;
/** On both sides of the present: wider than clocks are apart, and the name of the stream is new. */
const WINDOW_MS = 15 * 60_000;
/** How long figures must stay as they are before they are taken for the last ones. */
const SETTLED_MS = { loopback: 8_000, remote: 130_000 };

/**
 * What CloudWatch has of each metric over a window that holds everything the case did, in their order; undefined where
 * there is no datapoint (sums over the datapoints for Sum and SampleCount, else the extreme of them).
 */
export async function metricTotals(
  t: CaseTools,
  stream: string,
  metrics: readonly Metric[],
): Promise<(number | undefined)[]> {
  const now = Date.now();
  const { MetricDataResults = [] } = await t.cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: wholeMinute(now - WINDOW_MS),
      EndTime: wholeMinute(now + WINDOW_MS),
      MetricDataQueries: metrics.map(({ name, shardId, stat = 'Sum' }, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Kinesis',
            MetricName: name,
            Dimensions: [
              { Name: 'StreamName', Value: stream },
              ...(shardId === undefined ? [] : [{ Name: 'ShardId', Value: shardId }]),
            ],
          },
          Period: PERIOD_SECONDS,
          Stat: stat,
        },
      })),
    }),
  );
  return metrics.map(({ stat = 'Sum' }, index) => {
    const values = MetricDataResults.find(({ Id }) => Id === `m${index}`)?.Values ?? [];
    if (values.length === 0) return undefined;
    if (stat === 'Maximum') return Math.max(...values);
    if (stat === 'Minimum') return Math.min(...values);
    return values.reduce((sum, value) => sum + value, 0);
  });
}

/**
 * Asks until the totals are as expected, or stay otherwise after some came: CloudWatch is minutes late at AWS, and a
 * figure that is wrong must be seen as such, not waited for until the deadline.
 *
 * @returns the totals asked for last
 */
export async function settledTotals(
  t: CaseTools,
  stream: string,
  metrics: readonly Metric[],
  asExpected: (totals: readonly (number | undefined)[]) => boolean,
): Promise<(number | undefined)[]> {
  const settledMs = isLoopback(t.kinesisUrl) ? SETTLED_MS.loopback : SETTLED_MS.remote;
  let before = '';
  let sinceMs = performance.now();
  return await t.eventually(`metrics of ${stream}`, async () => {
    const totals = await metricTotals(t, stream, metrics);
    if (asExpected(totals)) return totals;
    const words = JSON.stringify(totals);
    if (words !== before) {
      before = words;
      sinceMs = performance.now();
    }
    const some = totals.some((total) => total !== undefined);
    return some && performance.now() - sinceMs >= settledMs ? totals : undefined;
  });
}

function wholeMinute(ms: number): Date {
  return new Date(Math.floor(ms / 60_000) * 60_000);
}
