import { alignFrames, type StreamReading } from '#lib/domain/align-frames.ts';
import { periodCount } from '#lib/domain/metric-series.ts';
import { lastPeriodEnd } from '#lib/domain/settled-periods.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { type WrittenFrame, writeFrames } from '#server/db/write-frames.ts';
import type { Collection } from './collection.ts';
import { type TrackedStream, topologiesFor } from './tracked-stream.ts';

/** Periods of streams in one transaction: it holds the lease's row, whose renewal waits for it. */
const PERIODS_PER_TRANSACTION = 500;

export type StreamWithReading = { readonly stream: TrackedStream; readonly reading: StreamReading };

/**
 * Writes readings of one window as frames, with what follows from them, some streams in a transaction.
 * @param alsoWrite runs in the same transaction as the frames of `readings`
 */
export async function writeReadings(
  collection: Collection,
  readings: readonly StreamWithReading[],
  alsoWrite: (
    tx: Transaction,
    readings: readonly StreamWithReading[],
    written: readonly WrittenFrame[],
  ) => Promise<void>,
): Promise<void> {
  const window = readings[0]?.reading.window;
  if (window === undefined) return;
  const periods = Math.max(1, periodCount(window));
  const streamsPerTransaction = Math.max(1, Math.floor(PERIODS_PER_TRANSACTION / periods));
  const overMs = lastPeriodEnd(collection.nowMs(), window.periodSeconds);
  for (let from = 0; from < readings.length; from += streamsPerTransaction) {
    const some = readings.slice(from, from + streamsPerTransaction);
    await collection.write(async (tx) => {
      // Only when it is our turn: a topology that was being recorded until now is known by then.
      const frames = some.map(({ stream, reading }) => ({
        streamId: stream.streamId,
        frames: alignFrames(reading, topologiesFor(stream, window)),
      }));
      const written = await writeFrames(tx, frames, collection.tiers, overMs);
      await alsoWrite(tx, some, written);
    });
  }
}
