import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { Connection } from '#server/config/config.ts';
import { METRIC_DATAPOINTS_PER_CALL_MAX, METRIC_QUERIES_PER_CALL_MAX } from './api-quotas.ts';
import { openCaller } from './call.ts';
import { getMetrics, type MetricsAsked } from './get-metrics.ts';
import { batchStarts } from './metric-columns.ts';
import { rateBudget } from './rate-budget.ts';

test('batches cover every query once, within both limits of a call', () => {
  const counts = fc.integer({ min: 0, max: 2_000 });
  const periodCounts = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(counts, periodCounts, (count, periods) => {
      const batches = batchStarts(count, periods);
      const sizes = batches.map(({ from, to }) => to - from);
      expect(batches.map(({ from }) => from)).toEqual(
        [0, ...batches.map(({ to }) => to)].slice(0, -1),
      );
      expect(batches.at(-1)?.to ?? 0).toBe(count);
      expect(Math.min(1, ...sizes)).toBe(1);
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(METRIC_QUERIES_PER_CALL_MAX);
      expect(Math.max(0, ...sizes) * periods).toBeLessThanOrEqual(METRIC_DATAPOINTS_PER_CALL_MAX);
    }),
  );
});

const THROTTLED = { __type: 'ThrottlingException', message: 'Rate exceeded' };

/** Reads one metric over two periods from a CloudWatch that answers with these pages, one after the other. */
async function readPages(
  pages: readonly object[],
  onAsked: MetricsAsked = () => undefined,
): Promise<readonly number[]> {
  const left = [...pages];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      const page = left.shift() ?? {};
      if ('Throttled' in page) response.statusCode = 400;
      response.end(JSON.stringify('Throttled' in page ? THROTTLED : page));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const cloudwatch = new CloudWatchClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 2,
  });
  try {
    const [column] = await getMetrics(
      cloudwatch,
      openCaller({ ...CONNECTION, endpoints: { cloudwatch: endpoint } }, true),
      rateBudget(1_000),
      [{ streamName: 'orders', shardId: null, metric: 'IncomingBytes' }],
      { startMs: 0, endMs: 120_000, periodSeconds: 60 },
      new AbortController().signal,
      onAsked,
    );
    return [...(column ?? [])];
  } finally {
    cloudwatch.destroy();
    server.close();
    server.closeAllConnections();
  }
}

const CONNECTION: Connection = {
  name: 'test',
  region: 'us-east-1',
  source: 'test',
  credentials: { kind: 'embedded' },
  endpoints: {},
  streamArns: [],
  include: [],
  exclude: [],
  readOnly: false,
  metrics: { periodSeconds: 60, delaySeconds: 120, also: [] },
  cadence: { watchedSeconds: 60, unwatchedSeconds: 300, topologySeconds: 60 },
  quotaShare: 1,
  budgetDollarsPerDay: null,
  consumers: {
    discoverySeconds: 300,
    watchedSeconds: 10,
    unwatchedSeconds: 60,
    tableShare: 0.1,
    onDemandUnitsPerSecond: 25,
    observationHours: 2,
    probe: false,
  },
  backfillHours: 0,
};

const page = (StatusCode: string, at: number, NextToken?: string) => ({
  MetricDataResults: [{ Id: 's0', StatusCode, Timestamps: [at], Values: [at + 1] }],
  NextToken,
});

test('a part is read on to its end', async () => {
  expect(await readPages([page('PartialData', 0, 'more'), page('Complete', 60)])).toEqual([1, 61]);
});

test('each request is told of before it is sent: further pages, and what the SDK sends again', async () => {
  const asked: number[] = [];
  const pages = [{ Throttled: true }, page('PartialData', 0, 'more'), page('Complete', 60)];
  const told = await readPages(pages, (series) => {
    asked.push(series.length);
  });
  expect(told).toEqual([1, 61]);
  expect(asked).toEqual([1, 1, 1]);
});

test('a request that may not be paid is not sent', async () => {
  const refusal = new AwsFailure('throttled', 'cloudwatch:GetMetricData', 'no money');
  const pages = [page('Complete', 0)];
  const reading = readPages(pages, () => {
    throw refusal;
  });
  await expect(reading).rejects.toBe(refusal);
});

test.each([
  ['a part, and says of no more', [page('PartialData', 0)]],
  ['an error for a metric', [page('InternalError', 0)]],
  ['that a metric is forbidden', [page('Forbidden', 0)]],
])('where CloudWatch tells %s, that is no silence but a failure', async (_what, pages) => {
  await expect(readPages(pages)).rejects.toThrow(AwsFailure);
});
