import { notifyMany } from '#server/db/notify-many.ts';
import { type ReadingPlan, setReadingPlans } from '#server/db/spending/set-reading-plans.ts';
import { watchedStreams } from '#server/db/watched-streams.ts';
import type { Collection } from './collection.ts';
import { cadenceSecondsOf, nextDueMs } from './due.ts';
import { usualSeriesCount } from './read-streams.ts';
import type { TrackedStream } from './tracked-stream.ts';

/** Looks who watches what, and sets the streams' cadences by it, and by what the day's money allows. */
export async function watchRound(collection: Collection): Promise<void> {
  const { connection, database, streams } = collection;
  const watched = await watchedStreams(database, connection.name);
  for (const stream of streams.values()) stream.watched = watched.has(stream.streamId);

  const changed: ReadingPlan[] = [];
  for (const plan of planReadings(collection)) {
    const stream = streams.get(plan.streamId);
    if (stream === undefined || isSame(stream, plan)) continue;
    changed.push(plan);
    adopt(collection, stream, plan);
  }
  if (changed.length === 0) return;
  await collection.write(async (tx) => {
    await setReadingPlans(tx, changed);
    await notifyMany(
      tx,
      changed.map(({ streamId }) => ({ kind: 'stream', streamId })),
    );
  });
}

function planReadings({
  connection,
  budget,
  streams,
  consumerMetrics,
  ...rest
}: Collection): readonly ReadingPlan[] {
  const wanted = [...streams.values()].map((stream) => {
    const ofConsumers = consumerMetrics.get(stream.streamId) ?? 0;
    const metrics = usualSeriesCount(stream, rest.streamMetrics) + ofConsumers;
    return {
      streamId: stream.streamId,
      cadenceSeconds: stream.cadenceSeconds,
      wantedSeconds: cadenceSecondsOf(connection.cadence, stream.watched, metrics),
      metrics,
      watched: stream.watched,
    };
  });
  const cadences = budget?.cadences(wanted, rest.nowMs());
  return wanted.map(({ streamId, wantedSeconds, metrics }, i) => ({
    streamId,
    cadenceSeconds: cadences?.[i] ?? wantedSeconds,
    wantedCadenceSeconds: wantedSeconds,
    metricsPerReading: metrics,
  }));
}

function isSame(stream: TrackedStream, plan: ReadingPlan): boolean {
  return (
    stream.cadenceSeconds === plan.cadenceSeconds &&
    stream.wantedCadenceSeconds === plan.wantedCadenceSeconds &&
    stream.metricsPerReading === plan.metricsPerReading
  );
}

/**
 * A stream that somebody begins to watch is due at once; where money is counted, one cadence after it was last read:
 * opening its page again and again must not cost a reading each time.
 */
function adopt({ budget }: Collection, stream: TrackedStream, plan: ReadingPlan): void {
  const { cadenceSeconds } = plan;
  if (budget === null) {
    if (cadenceSeconds < stream.cadenceSeconds) stream.metricsDueAtMs = 0;
  } else if (cadenceSeconds !== stream.cadenceSeconds && stream.metricsReadAtMs !== null) {
    stream.metricsDueAtMs = nextDueMs(stream.metricsReadAtMs, cadenceSeconds);
  }
  stream.cadenceSeconds = cadenceSeconds;
  stream.wantedCadenceSeconds = plan.wantedCadenceSeconds;
  stream.metricsPerReading = plan.metricsPerReading;
}
