import type { AwsFailure } from '#lib/domain/aws-failure.ts';
import { utcDayStart } from '#lib/domain/cost/daily-budget.ts';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import {
  firstPeriods,
  nextWindow,
  settledThrough,
  showablePeriods,
} from '#lib/domain/settled-periods.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { markCollected } from '#server/db/mark-collected.ts';
import type { Notification } from '#server/db/notification.ts';
import { notifyMany } from '#server/db/notify-many.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { WrittenFrame } from '#server/db/write-frames.ts';
import type { Collection } from './collection.ts';
import { nextDueMs, retryDelayMs } from './due.ts';
import { awsFailureOf, failureSince } from './failure.ts';
import type { Listing } from './listing.ts';
import { readPaid } from './paid-reading.ts';
import { storeStreamFailures } from './store-failures.ts';
import { lookForHoles, type TrackedStream } from './tracked-stream.ts';
import { type StreamWithReading, writeReadings } from './write-readings.ts';

/**
 * Periods that one live reading spans at most; what is older is a hole, and filled behind the present. Wide
 * enough that streams which are seldom read are read whole: a call for the hole would be charged once more.
 */
export const LIVE_PERIODS_MAX = 60;

/** Of a stream that was not read before, the present comes first and quickly. */
const FIRST_PERIODS_MAX = 12;

/** A reading dearer than this share of a day's budget takes along at once what would be read behind it. */
const DEAR_SHARE = 0.01;

/** What one reading may hold in memory: 32 MB of figures. */
const VALUES_MAX = 8_000_000;

const HOUR_SECONDS = 3_600;
const DAY_MS = 86_400_000;

/**
 * Reads the metrics of those streams that are due, and writes them.
 * @param isOurs which streams this round looks after
 * @returns milliseconds until the next are due
 */
export async function metricsRound(
  collection: Collection,
  listing: Listing,
  isOurs: (stream: TrackedStream) => boolean,
  signal: AbortSignal,
): Promise<number> {
  const ours = () =>
    [...collection.streams.values()].filter((s) => s.topologies.length > 0 && isOurs(s));
  const startedAtMs = collection.nowMs();
  const due = ours().filter((s) => s.metricsDueAtMs <= startedAtMs);
  for (const { window, streams } of groupByWindow(collection, due, startedAtMs)) {
    try {
      await readGroup(collection, listing, window, streams, signal);
    } catch (error) {
      signal.throwIfAborted();
      await fail(collection, streams, awsFailureOf(error));
    }
  }
  const nextAtMs = Math.min(
    ...ours().map((s) => s.metricsDueAtMs),
    // Nothing to read yet: whoever brings it wakes us.
    startedAtMs + 60_000,
  );
  return nextAtMs - collection.nowMs();
}

type Group = { readonly window: MetricWindow; readonly streams: readonly TrackedStream[] };

/** Streams that lack the same periods are read together. Those that lack none are due again later. */
function groupByWindow(
  collection: Collection,
  due: readonly TrackedStream[],
  nowMs: number,
): readonly Group[] {
  const { periodSeconds } = collection.connection.metrics;
  const groups = new Map<string, { window: MetricWindow; streams: TrackedStream[] }>();
  for (const stream of due) {
    const window = nextWindow(
      { createdAtMs: stream.summary.createdAtMs, readThroughMs: stream.readThroughMs },
      nowMs,
      collection.connection.metrics,
      periodsMaxOf(collection, stream),
    );
    if (window === null) {
      // A stream that was just made has its first period soon, whoever looks at it.
      const isNew = stream.readThroughMs === null;
      stream.metricsDueAtMs = nextDueMs(nowMs, isNew ? periodSeconds : stream.cadenceSeconds);
      continue;
    }
    const key = `${window.startMs}-${window.endMs}`;
    const group = groups.get(key) ?? { window, streams: [] };
    groups.set(key, group);
    group.streams.push(stream);
  }
  return [...groups.values()];
}

/**
 * How many periods a reading of the stream spans at most. CloudWatch charges by the metric, however many periods are
 * asked of it: what is read rarely is read back to where it was read before, rather than once more for the hole.
 */
function periodsMaxOf(collection: Collection, stream: TrackedStream): number {
  const { budget, connection, livePeriodsMax } = collection;
  const metrics = stream.metricsPerReading ?? 0;
  const isDear = budget !== null && metrics > budget.metricsPerDay * DEAR_SHARE;
  const { periodSeconds } = connection.metrics;
  const spanSeconds =
    stream.readThroughMs === null
      ? isDear
        ? connection.backfillHours * HOUR_SECONDS
        : 0
      : budget === null
        ? 0
        : 2 * stream.cadenceSeconds;
  const usual = stream.readThroughMs === null ? FIRST_PERIODS_MAX : livePeriodsMax;
  const wanted = Math.max(usual, Math.ceil(spanSeconds / periodSeconds));
  return Math.max(
    FIRST_PERIODS_MAX,
    Math.min(wanted, Math.floor(VALUES_MAX / Math.max(1, metrics))),
  );
}

async function readGroup(
  collection: Collection,
  listing: Listing,
  window: MetricWindow,
  asked: readonly TrackedStream[],
  signal: AbortSignal,
): Promise<void> {
  const topologiesAsked = new Map(asked.map((stream) => [stream, stream.topologies]));
  const { readings, unpaid } = await readPaid(collection, asked, window, signal);
  // There is no money for them on this day: the next one brings some.
  for (const stream of unpaid) {
    stream.metricsDueAtMs = nextDueMs(utcDayStart(collection.nowMs()) + DAY_MS, 1);
  }
  if (readings.length === 0) return;
  // Metrics go by name: only now is it certain whose they are.
  await listing.refresh();
  const settledMs = settledThrough(collection.nowMs(), collection.connection.metrics);
  const present = readings.flatMap(({ stream, reading }): StreamWithReading[] => {
    if (collection.streams.get(stream.streamId) !== stream) return [];
    return [{ stream, reading: firstPeriods(reading, showablePeriods(reading, settledMs)) }];
  });
  const alike = Map.groupBy(present, ({ reading }) => reading.window.endMs);
  for (const some of alike.values()) {
    await writeReadings(collection, some, announce);
  }
  for (const { stream } of present) {
    const { readThroughMs } = stream;
    // Shards that became known meanwhile were not asked for: how far to go back for them is noted already.
    const hasNewShards = stream.topologies !== topologiesAsked.get(stream);
    if (!hasNewShards && readThroughMs !== null && readThroughMs < window.startMs) {
      lookForHoles(stream, readThroughMs);
    }
    if (!hasNewShards) {
      stream.readThroughMs = Math.max(readThroughMs ?? 0, Math.min(settledMs, window.endMs));
    }
    stream.metricsFailuresInARow = 0;
    stream.metricsReadAtMs = collection.nowMs();
    stream.metricsDueAtMs = nextDueMs(collection.nowMs(), stream.cadenceSeconds);
    stream.failures = { ...stream.failures, metrics: null };
  }
  await storeStreamFailures(
    collection,
    present.map(({ stream }) => stream),
  );
}

/** The newest frame of each stream is announced; where there is none, that it was read all the same. */
async function announce(
  tx: Transaction,
  readings: readonly StreamWithReading[],
  written: readonly WrittenFrame[],
): Promise<void> {
  const newest = new Map<number, WrittenFrame>();
  for (const one of written) {
    const before = newest.get(one.streamId);
    const later =
      before === undefined ||
      one.periodStartMs > before.periodStartMs ||
      (one.periodStartMs === before.periodStartMs && one.topologyId > before.topologyId);
    if (later) newest.set(one.streamId, one);
  }
  const streamIds = readings.map(({ stream }) => stream.streamId);
  await markCollected(tx, streamIds);
  await notifyMany(
    tx,
    streamIds.map((streamId): Notification => {
      const frame = newest.get(streamId);
      return frame === undefined ? { kind: 'stream', streamId } : { kind: 'frame', ...frame };
    }),
  );
}

/** The last figures stay; the cause is written down, and the next try waits a little longer each time. */
async function fail(
  collection: Collection,
  streams: readonly TrackedStream[],
  failure: AwsFailure,
): Promise<void> {
  const failedAtMs = await readServerTimeMs(collection.database);
  const nowMs = collection.nowMs();
  const present = streams.filter((s) => collection.streams.get(s.streamId) === s);
  for (const stream of present) {
    stream.metricsFailuresInARow += 1;
    stream.metricsDueAtMs =
      nowMs + retryDelayMs(stream.metricsFailuresInARow, stream.cadenceSeconds);
    stream.failures = {
      ...stream.failures,
      metrics: failureSince(stream.failures.metrics, failure, failedAtMs),
    };
  }
  await storeStreamFailures(collection, present);
}
