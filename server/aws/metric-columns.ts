import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { type MetricWindow, periodCount } from '#lib/domain/metric-series.ts';
import { METRIC_DATAPOINTS_PER_CALL_MAX, METRIC_QUERIES_PER_CALL_MAX } from './api-quotas.ts';
import type { Caller } from './call.ts';
import type { RateBudget } from './rate-budget.ts';

/** Batches under way at once: the answers are large, and decoding them holds the event loop. */
const CONCURRENT_BATCHES = 4;

/** A metric of CloudWatch by one statistic. */
export type MetricQuery = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
  readonly statistic: string;
  /** Whose account the metric lies in; left out: the connection's own. */
  readonly accountId?: string;
};

/** Hears which queries, by their places from `from` up to `to`, CloudWatch is about to be asked; the request waits. */
type QueriesAsked = (from: number, to: number) => void | Promise<void>;

/**
 * One column for each of `queries`, in their order: the value of each period of `window`; NaN where CloudWatch has no
 * datapoint.
 * @param onAsked told of each request just before it is sent, repeated ones and further pages included: each is
 * charged. Where it throws, the request is not sent.
 * @throws AwsFailure when any part could not be read: a hole must never look like silence
 */
export async function metricColumns(
  cloudwatch: CloudWatchClient,
  caller: Caller,
  datapoints: RateBudget,
  queries: readonly MetricQuery[],
  window: MetricWindow,
  signal: AbortSignal,
  onAsked: QueriesAsked,
): Promise<readonly Float32Array[]> {
  const periods = periodCount(window);
  const columns = queries.map(() => new Float32Array(periods).fill(Number.NaN));
  const batches = batchStarts(queries.length, periods);
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);

  async function readBatches(): Promise<void> {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const { from, to } = batch;
      const asked = queries
        .slice(from, to)
        .map((one, i) => toDataQuery(one, from + i, window.periodSeconds));
      await datapoints.take(asked.length * periods, either);
      await readBatch(cloudwatch, caller, asked, window, columns, either, () => onAsked(from, to));
    }
  }

  try {
    await Promise.all(
      Array.from({ length: Math.min(CONCURRENT_BATCHES, batches.length) }, readBatches),
    );
  } catch (error) {
    // The others would be read for nothing.
    failed.abort(error);
    throw error;
  }
  return columns;
}

/** Cuts queries into batches that one call may carry, by queries and by datapoints. */
export function batchStarts(
  queryCount: number,
  periods: number,
): { readonly from: number; readonly to: number }[] {
  const perCall = Math.max(
    1,
    Math.min(METRIC_QUERIES_PER_CALL_MAX, Math.floor(METRIC_DATAPOINTS_PER_CALL_MAX / periods)),
  );
  return Array.from({ length: Math.ceil(queryCount / perCall) }, (_, i) => ({
    from: i * perCall,
    to: Math.min(queryCount, (i + 1) * perCall),
  }));
}

async function readBatch(
  cloudwatch: CloudWatchClient,
  caller: Caller,
  queries: readonly MetricDataQuery[],
  window: MetricWindow,
  columns: readonly Float32Array[],
  signal: AbortSignal,
  onSend: () => void | Promise<void>,
): Promise<void> {
  let nextToken: string | undefined;
  const incomplete = new Set<string>();
  do {
    const page = await caller.call('cloudwatch:GetMetricData', signal, (abortSignal) =>
      cloudwatch.send(
        tellingOfSends(
          onSend,
          new GetMetricDataCommand({
            MetricDataQueries: [...queries],
            StartTime: new Date(window.startMs),
            EndTime: new Date(window.endMs),
            ScanBy: 'TimestampAscending',
            MaxDatapoints: METRIC_DATAPOINTS_PER_CALL_MAX,
            ...(nextToken !== undefined && { NextToken: nextToken }),
          }),
        ),
        { abortSignal },
      ),
    );
    for (const result of page.MetricDataResults ?? []) {
      if (result.StatusCode === 'InternalError' || result.StatusCode === 'Forbidden') {
        throw new AwsFailure(
          result.StatusCode === 'Forbidden' ? 'access-denied' : 'service-error',
          'cloudwatch:GetMetricData',
          `CloudWatch could not answer for a metric (${result.StatusCode}). ${result.Messages?.[0]?.Value ?? ''}`.trim(),
        );
      }
      if (result.StatusCode === 'PartialData') incomplete.add(result.Id ?? '');
      else incomplete.delete(result.Id ?? '');
      const column = columns[seriesIndexOf(result.Id ?? '')];
      if (column === undefined) continue;
      result.Timestamps?.forEach((timestamp, i) => {
        const place = (timestamp.getTime() - window.startMs) / (window.periodSeconds * 1000);
        const value = result.Values?.[i];
        if (Number.isInteger(place) && place >= 0 && place < column.length && value !== undefined) {
          column[place] = value;
        }
      });
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  if (incomplete.size > 0) {
    throw new AwsFailure(
      'service-error',
      'cloudwatch:GetMetricData',
      `CloudWatch told only a part of ${incomplete.size} metrics. They are read again by themselves.`,
    );
  }
}

/** Behind the SDK's own retries, so that each of them is told of. */
function tellingOfSends(
  onSend: () => void | Promise<void>,
  command: GetMetricDataCommand,
): GetMetricDataCommand {
  command.middlewareStack.add(
    (next) => async (args) => {
      await onSend();
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'tellOfSends' },
  );
  return command;
}

/** Ids must begin with a lower-case letter. */
function toDataQuery(query: MetricQuery, index: number, periodSeconds: number): MetricDataQuery {
  return {
    Id: `s${index}`,
    ...(query.accountId !== undefined && { AccountId: query.accountId }),
    MetricStat: {
      Metric: {
        Namespace: query.namespace,
        MetricName: query.metricName,
        Dimensions: query.dimensions.map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: query.statistic,
    },
  };
}

function seriesIndexOf(id: string): number {
  return Number(id.slice(1));
}
