import { setCadence } from '#server/db/mark-collected.ts';
import { notifyMany } from '#server/db/notify-many.ts';
import { watchedStreams } from '#server/db/watched-streams.ts';
import type { Collection } from './collection.ts';
import { cadenceSecondsOf } from './due.ts';
import { shardsWithMetrics, type TrackedStream } from './tracked-stream.ts';

/** Looks who watches what, and sets the streams' cadences by it. A stream that somebody begins to watch is due at once. */
export async function watchRound(collection: Collection): Promise<void> {
  const { connection, database, streams } = collection;
  const watched = await watchedStreams(database, connection.name);
  const changed = new Map<number, TrackedStream[]>();
  for (const stream of streams.values()) {
    stream.watched = watched.has(stream.streamId);
    const cadenceSeconds = cadenceSecondsOf(
      connection.cadence,
      stream.watched,
      shardsWithMetrics(stream),
    );
    if (cadenceSeconds === stream.cadenceSeconds) continue;
    if (cadenceSeconds < stream.cadenceSeconds) stream.metricsDueAtMs = 0;
    stream.cadenceSeconds = cadenceSeconds;
    changed.set(cadenceSeconds, [...(changed.get(cadenceSeconds) ?? []), stream]);
  }
  if (changed.size === 0) return;
  await collection.write(async (tx) => {
    for (const [cadenceSeconds, alike] of changed) {
      const ids = alike.map((s) => s.streamId);
      await setCadence(tx, ids, cadenceSeconds);
      await notifyMany(
        tx,
        ids.map((streamId) => ({ kind: 'stream', streamId })),
      );
    }
  });
}
