import { compareListing } from '#lib/domain/stream-listing.ts';
import { withLease } from '#server/db/collector-lease.ts';
import { markConnectionListed } from '#server/db/connection-state.ts';
import { markStreamsGone } from '#server/db/mark-streams-gone.ts';
import { type Collection, connectionFailure } from './collection.ts';
import { awsFailureOf, failureSince } from './failure.ts';
import { noteConnectionFailureStored, storeConnectionFailure } from './store-failures.ts';
import { toKnownStream } from './tracked-stream.ts';

export type Listing = {
  /**
   * Lists the streams, by a call that begins after this one, and drops those that are gone. A figure that was
   * read before it, of a stream that is still the same after it, is of that stream and of no other
   * that has taken its name.
   * @throws AwsFailure, which is written down already
   */
  refresh(signal: AbortSignal): Promise<void>;
};

export function openListing(collection: Collection): Listing {
  let last: Promise<void> = Promise.resolve();
  return {
    refresh(signal) {
      const previous = last;
      const next = (async () => {
        // It has told its own caller; here it only has to be over.
        await previous.catch(() => undefined);
        await refreshListing(collection, signal);
      })();
      last = next;
      return next;
    },
  };
}

async function refreshListing(collection: Collection, signal: AbortSignal): Promise<void> {
  const { aws, connection, streams } = collection;
  try {
    const listed = (await aws.listStreams(signal)).filter((s) => collection.takesIn(s.streamName));
    const changes = compareListing([...streams.values()].map(toKnownStream), listed);
    collection.failures = { ...collection.failures, listing: null };
    await withLease(collection.database, collection.lease, async (tx) => {
      await markStreamsGone(
        tx,
        changes.gone.map(({ streamId }) => streamId),
      );
      await markConnectionListed(tx, connection.name, connectionFailure(collection));
    });
    noteConnectionFailureStored(collection);
    collection.listedAtMs = collection.nowMs();
    for (const { streamId, streamName } of changes.gone) {
      streams.delete(streamId);
      collection.log.info({ stream: streamName }, 'stream is gone');
    }
    for (const { streamName } of [...changes.unknown, ...changes.changed]) {
      collection.pending.add(streamName);
    }
  } catch (error) {
    signal.throwIfAborted();
    const failure = awsFailureOf(error);
    const before = collection.failures.listing;
    collection.failures = {
      ...collection.failures,
      listing: failureSince(before, failure, collection.nowMs()),
    };
    await storeConnectionFailure(collection);
    throw failure;
  }
}
