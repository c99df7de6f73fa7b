import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { MetricSeries, MetricWindow } from '#lib/domain/metric-series.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { ListedStream } from '#lib/domain/stream-listing.ts';
import type { Connection } from '#server/config/config.ts';
import { type Api, METRIC_DATAPOINTS_PER_SECOND_MAX } from './api-quotas.ts';
import { openCaller } from './call.ts';
import { openClients } from './clients.ts';
import { describeStream } from './describe-stream.ts';
import { getMetrics } from './get-metrics.ts';
import { listShards } from './list-shards.ts';
import { listStreams } from './list-streams.ts';
import { rateBudget } from './rate-budget.ts';

/**
 * What we ask of AWS on one connection. Each call waits for its API's budget, has a deadline, and throws
 * AwsFailure, or the signal's reason when it is aborted.
 */
export type Aws = {
  listStreams(signal: AbortSignal): Promise<readonly ListedStream[]>;
  describeStream(streamName: string, signal: AbortSignal): Promise<StreamSummary>;
  listShards(streamName: string, signal: AbortSignal): Promise<readonly Shard[]>;
  /** One column for each series, one value for each period; NaN: no datapoint. */
  getMetrics(
    series: readonly MetricSeries[],
    window: MetricWindow,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]>;
  /** How far AWS's clock is ahead of ours, milliseconds. */
  clockSkewMs(): number;
  /** Calls begun since the start, by API. */
  callCounts(): Readonly<Record<Api, number>>;
  close(): void;
};

export function openAws(connection: Connection): Aws {
  const clients = openClients(connection);
  const caller = openCaller(connection);
  const datapoints = rateBudget(METRIC_DATAPOINTS_PER_SECOND_MAX * connection.quotaShare);
  return {
    listStreams: (signal) => listStreams(clients.kinesis, caller, signal),
    describeStream: (streamName, signal) =>
      describeStream(clients.kinesis, caller, streamName, signal),
    listShards: (streamName, signal) => listShards(clients.kinesis, caller, streamName, signal),
    async getMetrics(series, window, signal) {
      if (clients.cloudwatch === null) {
        throw new AwsFailure(
          'no-endpoint',
          'cloudwatch:GetMetricData',
          `No CloudWatch endpoint is configured for connection "${connection.name}", so there are no metrics. Give it "endpoints.cloudwatch" (or KINETOSCOPE_ENDPOINT_CLOUDWATCH) where one exists.`,
        );
      }
      return getMetrics(clients.cloudwatch, caller, datapoints, series, window, signal);
    },
    clockSkewMs: () => clients.clockSkew.currentMs(),
    callCounts: () => caller.counts(),
    close: () => clients.destroy(),
  };
}
