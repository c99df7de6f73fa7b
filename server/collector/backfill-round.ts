import type { MetricWindow } from '#lib/domain/metric-series.ts';
import { missingWindows } from '#lib/domain/missing-windows.ts';
import { periodStart } from '#lib/domain/roll-up.ts';
import { firstOwnPeriod } from '#lib/domain/settled-periods.ts';
import { notifyMany } from '#server/db/notify-many.ts';
import { presentPeriods } from '#server/db/present-periods.ts';
import type { Collection } from './collection.ts';
import type { Listing } from './listing.ts';
import { readPaid } from './paid-reading.ts';
import { lookForHoles, type TrackedStream } from './tracked-stream.ts';
import { writeReadings } from './write-readings.ts';

/** Periods that one reading of the past spans at most: an answer that is quickly read, and quickly written. */
const PERIODS_PER_READING = 360;

/** Of what is left of the day's money, the past may take so much: the present comes first. */
const SHARE_OF_LEFT = 0.25;
const WAIT_FOR_MONEY_MS = 15 * 60_000;

const HOUR_MS = 3_600_000;
const HOUR_SECONDS = 3_600;

/**
 * Reads what is missing of the past of those streams of which the present has been read, the newest first.
 * @throws AwsFailure; what was read until then is written, the rest is found missing again
 */
export async function backfillRound(
  collection: Collection,
  listing: Listing,
  signal: AbortSignal,
): Promise<void> {
  if (collection.nowMs() < collection.backfillNotBeforeMs) return;
  const streams = [...collection.streams.values()].filter(
    (s) => s.mayHaveHoles && s.readThroughMs !== null,
  );
  const taken = streams.map((stream) => ({ stream, rereadSinceMs: stream.rereadSinceMs }));
  // Set back before anything is read: what turns out to be missing meanwhile is for the next round.
  for (const stream of streams) {
    stream.mayHaveHoles = false;
    stream.rereadSinceMs = null;
  }
  try {
    const groups = new Map<string, { window: MetricWindow; streams: TrackedStream[] }>();
    for (const { stream, rereadSinceMs } of taken) {
      for (const window of await holesOf(collection, stream, rereadSinceMs)) {
        const key = `${window.periodSeconds}-${window.startMs}-${window.endMs}`;
        const group = groups.get(key) ?? { window, streams: [] };
        groups.set(key, group);
        group.streams.push(stream);
      }
    }
    const newestFirst = [...groups.values()].sort((a, b) => b.window.endMs - a.window.endMs);
    for (const { window, streams: lacking } of newestFirst) {
      await fill(collection, listing, window, lacking, signal);
    }
  } catch (error) {
    for (const { stream, rereadSinceMs } of taken) lookForHoles(stream, rereadSinceMs);
    throw error;
  }
}

/** Each tier is asked for by its own period, for the time in which it is the finest that is kept. */
async function holesOf(
  collection: Collection,
  stream: TrackedStream,
  rereadSinceMs: number | null,
): Promise<readonly MetricWindow[]> {
  const nowMs = collection.nowMs();
  const sinceMs = nowMs - collection.connection.backfillHours * HOUR_MS;
  const holes: MetricWindow[] = [];
  let untilMs = stream.readThroughMs ?? nowMs;
  for (const { periodSeconds, keepMs } of collection.tiers) {
    // Whole hours, as retention deletes them, so that the tiers meet without a gap.
    const keptSinceMs = periodStart(nowMs - keepMs, HOUR_SECONDS) + HOUR_MS;
    const startMs = Math.max(
      keptSinceMs,
      periodStart(sinceMs, periodSeconds),
      firstOwnPeriod(stream.summary.createdAtMs, periodSeconds),
    );
    if (startMs >= untilMs) continue;
    const span = { startMs, endMs: untilMs, periodSeconds };
    const present = await presentPeriods(collection.database, stream.streamId, span);
    // Longer periods that are stored are sums by topology of the base ones, and are made anew with them.
    const isBase = periodSeconds === collection.connection.metrics.periodSeconds;
    const rereadFromMs = isBase ? rereadSinceMs : null;
    const known = present.filter((atMs) => rereadFromMs === null || atMs < rereadFromMs);
    holes.push(...missingWindows(known, span, PERIODS_PER_READING));
    untilMs = startMs;
  }
  return holes;
}

async function fill(
  collection: Collection,
  listing: Listing,
  window: MetricWindow,
  streams: readonly TrackedStream[],
  signal: AbortSignal,
): Promise<void> {
  const { readings, unpaid } = await readPaid(collection, streams, window, signal, SHARE_OF_LEFT);
  if (unpaid.length > 0) {
    // Looked for again when there may be more money: not each second.
    collection.backfillNotBeforeMs = collection.nowMs() + WAIT_FOR_MONEY_MS;
    for (const stream of unpaid) lookForHoles(stream, null);
  }
  if (readings.length === 0) return;
  await listing.refresh();
  const present = readings.filter(
    ({ stream }) => collection.streams.get(stream.streamId) === stream,
  );
  await writeReadings(collection, present, (tx, some) =>
    notifyMany(
      tx,
      some.map(({ stream }) => ({ kind: 'stream', streamId: stream.streamId })),
    ),
  );
}
