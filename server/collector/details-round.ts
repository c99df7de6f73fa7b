import { chooseDetails } from './choose-details.ts';
import type { Collection } from './collection.ts';
import { awsFailureOf, failureSince } from './failure.ts';
import { readDetails } from './read-details.ts';
import { storeConnectionFailure, storeStreamFailures } from './store-failures.ts';

/** Calls under way at once; the budgets hold back what is too much for the account. */
const CONCURRENT_STREAMS = 4;

/**
 * Looks into the streams whose turn it is.
 * @param onNew called as soon as a stream is known with its shards for the first time
 */
export async function detailsRound(
  collection: Collection,
  onNew: () => void,
  signal: AbortSignal,
): Promise<void> {
  const names = [...chooseDetails([...collection.streams.values()], collection.pending)];
  let failedForNew = false;

  async function work(): Promise<void> {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      failedForNew = (await readOne(collection, name, onNew, signal)) === 'failed' || failedForNew;
    }
  }
  await Promise.all(Array.from({ length: CONCURRENT_STREAMS }, work));

  if (!failedForNew) collection.failures = { ...collection.failures, details: null };
  await storeConnectionFailure(collection);
}

/** @returns `failed` where a stream stays unknown because it could not be read */
async function readOne(
  collection: Collection,
  streamName: string,
  onNew: () => void,
  signal: AbortSignal,
): Promise<'read' | 'failed'> {
  const find = () =>
    [...collection.streams.values()].find((s) => s.summary.streamName === streamName);
  const hadShards = (find()?.topologies.length ?? 0) > 0;
  try {
    const stream = await readDetails(collection, streamName, signal);
    collection.pending.delete(streamName);
    stream.failures = { ...stream.failures, details: null };
    await storeStreamFailures(collection, [stream]);
    if (!hadShards && stream.topologies.length > 0) onNew();
    return 'read';
  } catch (error) {
    signal.throwIfAborted();
    const failure = awsFailureOf(error);
    // Deleted since it was listed: the next listing will say so.
    if (failure.kind === 'not-found') {
      collection.pending.delete(streamName);
      return 'read';
    }
    const stream = find();
    if (stream !== undefined) {
      const since = failureSince(stream.failures.details, failure, collection.nowMs());
      stream.failures = { ...stream.failures, details: since };
      await storeStreamFailures(collection, [stream]);
      return 'read';
    }
    const since = failureSince(collection.failures.details, failure, collection.nowMs());
    collection.failures = { ...collection.failures, details: since };
    return 'failed';
  }
}
