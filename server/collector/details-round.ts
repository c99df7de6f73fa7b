import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { chooseDetails } from './choose-details.ts';
import type { Collection } from './collection.ts';
import { awsFailureOf, failureSince } from './failure.ts';
import { readDetails } from './read-details.ts';
import { storeConnectionFailure, storeStreamFailures } from './store-failures.ts';
import { noteUnreadable, storeUnreadable } from './unreadable.ts';

/** Calls under way at once; the budgets hold back what is too much for the account. */
const CONCURRENT_STREAMS = 4;

/** New streams are told of together: their metrics are read in one go. */
const TELL_EVERY_MS = 2_000;

/**
 * Looks into the streams whose turn it is.
 * @param sweeps whether quiet streams have their turn too
 * @param onNew called when streams are known with their shards for the first time: at the end, and now and
 * then before it where the round is long
 */
export async function detailsRound(
  collection: Collection,
  sweeps: boolean,
  onNew: () => void,
  signal: AbortSignal,
): Promise<void> {
  const names = [
    ...chooseDetails([...collection.streams.values()], collection.pending, sweeps, [
      ...collection.unreadable.keys(),
    ]),
  ];
  let untold = 0;
  let toldAtMs = collection.nowMs();

  function tell(): void {
    if (untold === 0) return;
    untold = 0;
    toldAtMs = collection.nowMs();
    onNew();
  }

  async function work(): Promise<void> {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const outcome = await readOne(collection, name, signal);
      if (outcome === 'new') untold += 1;
      if (collection.nowMs() - toldAtMs >= TELL_EVERY_MS) tell();
    }
  }
  await Promise.all(Array.from({ length: CONCURRENT_STREAMS }, work));

  tell();
  await storeUnreadable(collection);
  await storeConnectionFailure(collection);
}

/** @returns `new` where its shards are known for the first time */
async function readOne(
  collection: Collection,
  streamName: string,
  signal: AbortSignal,
): Promise<'read' | 'new'> {
  const find = () =>
    [...collection.streams.values()].find((s) => s.summary.streamName === streamName);
  const hadShards = (find()?.topologies.length ?? 0) > 0;
  try {
    const stream = await readDetails(collection, streamName, signal);
    collection.pending.delete(streamName);
    collection.unreadable.delete(streamName);
    stream.failures = { ...stream.failures, details: null };
    await storeStreamFailures(collection, [stream]);
    return !hadShards && stream.topologies.length > 0 ? 'new' : 'read';
  } catch (error) {
    signal.throwIfAborted();
    const failure = awsFailureOf(error);
    // Deleted since it was listed: the next listing will say so.
    if (failure.kind === 'not-found') {
      collection.pending.delete(streamName);
      collection.unreadable.delete(streamName);
      return 'read';
    }
    const nowMs = await readServerTimeMs(collection.database);
    const stream = find();
    if (stream !== undefined) {
      // Without shards nothing is read of it: it is tried in each round, not in its turn.
      if (stream.topologies.length === 0) collection.pending.add(streamName);
      const since = failureSince(stream.failures.details, failure, nowMs);
      stream.failures = { ...stream.failures, details: since };
      await storeStreamFailures(collection, [stream]);
      return 'read';
    }
    noteUnreadable(collection, streamName, failure, nowMs);
    return 'read';
  }
}
