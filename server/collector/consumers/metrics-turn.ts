import type { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { ConsumerMetric } from '#lib/domain/consumers/managed-consumers.ts';
import type { MetricPoint } from '#lib/domain/consumers/metric-lag.ts';
import { utcDayStart } from '#lib/domain/cost/daily-budget.ts';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import { firstOwnPeriod, settledThrough } from '#lib/domain/settled-periods.ts';
import { nextDueMs, retryDelayMs } from '#server/collector/due.ts';
import { awsFailureOf, failureSince } from '#server/collector/failure.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { setApplicationsFailure } from '#server/db/consumers/mark-applications.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import { type ConsumerMetrics, consumerMetricsOf } from './consumer-metrics.ts';
import type { FollowedApplication } from './followed-application.ts';
import { judgeMetrics } from './judge-metrics.ts';
import { type MetricOfStream, readPaidMetrics } from './read-paid-metrics.ts';
import { type Judged, writeJudged } from './write-judged.ts';

/** Periods of an application that was not read before: a trend is told at once, and costs no more. */
const FIRST_PERIODS = 60;

const DAY_MS = 86_400_000;
/** Between two looks at whether any is due. */
const LOOK_EVERY_MS = 1_000;

type Due = {
  readonly application: FollowedApplication;
  readonly stream: TrackedStream;
  readonly metrics: ConsumerMetrics;
};

/**
 * Reads the metrics of those applications without leases that are due.
 * @returns milliseconds until the next look
 */
export async function metricsTurn(
  consumers: ConsumerCollection,
  signal: AbortSignal,
): Promise<number> {
  countMetrics(consumers);
  const groups = new Map<string, { window: MetricWindow; due: Due[] }>();
  for (const one of dueOf(consumers)) {
    const window = windowOf(consumers, one);
    if (window === null) {
      setDue(consumers, one);
      continue;
    }
    const key = `${window.startMs}-${window.endMs}`;
    const group = groups.get(key) ?? { window, due: [] };
    groups.set(key, group);
    group.due.push(one);
  }
  for (const { window, due } of groups.values()) {
    try {
      await readGroup(consumers, due, window, signal);
    } catch (error) {
      signal.throwIfAborted();
      await noteFailure(consumers, due, awsFailureOf(error));
    }
  }
  return LOOK_EVERY_MS;
}

/** What consumers cost is planned with what their streams do. */
function countMetrics({ applications, collection }: ConsumerCollection): void {
  const { consumerMetrics, streams } = collection;
  consumerMetrics.clear();
  for (const { streamId, source } of applications.values()) {
    const streamName = streams.get(streamId)?.summary.streamName;
    const metrics = streamName === undefined ? null : consumerMetricsOf(source, streamName);
    if (metrics === null) continue;
    consumerMetrics.set(streamId, (consumerMetrics.get(streamId) ?? 0) + metricsIn(metrics).length);
  }
}

function dueOf({ applications, collection }: ConsumerCollection): readonly Due[] {
  const nowMs = collection.nowMs();
  return [...applications.values()].flatMap((application) => {
    const stream = collection.streams.get(application.streamId);
    if (stream === undefined || application.metricsDueAtMs > nowMs) return [];
    const metrics = consumerMetricsOf(application.source, stream.summary.streamName);
    return metrics === null ? [] : { application, stream, metrics };
  });
}

/** Settled periods that were not read; null where there is none. Metrics go by name: none before the stream was made. */
function windowOf(
  { collection }: ConsumerCollection,
  { application, stream }: Due,
): MetricWindow | null {
  const { metrics } = collection.connection;
  const { periodSeconds } = metrics;
  const endMs = settledThrough(collection.nowMs(), metrics);
  const startMs = Math.max(
    application.readThroughMs ?? 0,
    endMs - FIRST_PERIODS * periodSeconds * 1000,
    firstOwnPeriod(stream.summary.createdAtMs, periodSeconds),
  );
  return startMs < endMs ? { startMs, endMs, periodSeconds } : null;
}

async function readGroup(
  consumers: ConsumerCollection,
  due: readonly Due[],
  window: MetricWindow,
  signal: AbortSignal,
): Promise<void> {
  const { collection } = consumers;
  const asked = due.flatMap(({ stream, metrics }) =>
    metricsIn(metrics).map((metric): MetricOfStream => ({ stream, metric })),
  );
  const columns = await readPaidMetrics(collection, asked, window, signal);
  if (columns === null) {
    // There is none before the next day.
    const tomorrowMs = utcDayStart(collection.nowMs()) + DAY_MS;
    for (const { application } of due) application.metricsDueAtMs = tomorrowMs;
    return;
  }
  let next = 0;
  const take = (metric: ConsumerMetric | null) =>
    metric === null ? null : (columns[next++] ?? null);
  const judged: { of: Judged; points: readonly MetricPoint[]; due: Due }[] = [];
  for (const one of due) {
    const [lag, records, bytes] = [
      take(one.metrics.lag),
      take(one.metrics.records),
      take(one.metrics.bytes),
    ];
    if (lag === null) continue;
    const found = await judgeMetrics(consumers, one.application, one.stream, window, {
      lag,
      records,
      bytes,
    });
    if (found !== null) judged.push({ of: found.judged, points: found.points, due: one });
  }
  const byCadence = Map.groupBy(judged, ({ due: { stream } }) => stream.cadenceSeconds);
  for (const [cadenceSeconds, same] of byCadence) {
    await writeJudged(
      consumers,
      same.map(({ of }) => of),
      cadenceSeconds,
      async () => undefined,
    );
    for (const { due: one, points } of same) {
      one.application.points = points;
      one.application.readThroughMs = window.endMs;
      setDue(consumers, one);
    }
  }
}

function metricsIn({ lag, records, bytes }: ConsumerMetrics): readonly ConsumerMetric[] {
  return [lag, records, bytes].filter((metric) => metric !== null);
}

function setDue({ collection }: ConsumerCollection, { application, stream }: Due): void {
  application.metricsDueAtMs = nextDueMs(collection.nowMs(), stream.cadenceSeconds);
}

async function noteFailure(
  { collection }: ConsumerCollection,
  due: readonly Due[],
  cause: AwsFailure,
): Promise<void> {
  const nowMs = await readServerTimeMs(collection.database);
  const changed: FollowedApplication[] = [];
  for (const { application, stream } of due) {
    const failure = failureSince(application.failure, cause, nowMs);
    if (application.failure?.message !== failure.message) changed.push(application);
    application.failure = failure;
    application.failuresInARow += 1;
    application.metricsDueAtMs =
      collection.nowMs() + retryDelayMs(application.failuresInARow, stream.cadenceSeconds);
  }
  const [first] = changed;
  if (first?.failure == null) return;
  const { failure } = first;
  await collection.write((tx) => setApplicationsFailure(tx, changed, failure));
}
