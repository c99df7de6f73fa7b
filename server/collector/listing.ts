import { compareListing } from '#lib/domain/stream-listing.ts';
import { markConnectionListed } from '#server/db/connection-state.ts';
import { markStreamsGone } from '#server/db/mark-streams-gone.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { type Collection, connectionFailure } from './collection.ts';
import { awsFailureOf, failureSince } from './failure.ts';
import { noteConnectionFailureStored, storeConnectionFailure } from './store-failures.ts';
import { toKnownStream } from './tracked-stream.ts';
import { forgetUnlisted } from './unreadable.ts';

export type Listing = {
  /**
   * Lists the streams, by a call that begins after this one, and drops those that are gone. A figure that was
   * read before it, of a stream that is still the same after it, is of that stream and of no other
   * that has taken its name.
   * @throws AwsFailure, which is written down already
   */
  refresh(): Promise<void>;
};

export function openListing(collection: Collection, signal: AbortSignal): Listing {
  let underWay: Promise<void> = Promise.resolve();
  let notBegun: Promise<void> | null = null;

  async function afterTheLast(last: Promise<void>): Promise<void> {
    // It has told its own callers; here it only has to be over.
    await last.catch(() => undefined);
    notBegun = null;
    await refreshListing(collection, signal);
  }

  return {
    refresh() {
      // One that has not begun begins after all who wait for it asked.
      if (notBegun === null) {
        notBegun = afterTheLast(underWay);
        underWay = notBegun;
      }
      return notBegun;
    },
  };
}

async function refreshListing(collection: Collection, signal: AbortSignal): Promise<void> {
  const { aws, connection, streams } = collection;
  try {
    const taken = (await aws.listStreams(signal)).filter((s) => collection.takesIn(s.streamName));
    const changes = compareListing([...streams.values()].map(toKnownStream), taken);
    collection.failures = { listing: null };
    collection.listed = new Map(taken.map((listed) => [listed.streamName, listed]));
    forgetUnlisted(collection);
    await collection.write(async (tx) => {
      await markStreamsGone(
        tx,
        changes.gone.map(({ streamId }) => streamId),
      );
      await markConnectionListed(tx, connection.name, connectionFailure(collection));
    });
    noteConnectionFailureStored(collection);
    collection.listedAtMs = collection.nowMs();
    for (const { streamId } of changes.gone) streams.delete(streamId);
    logGone(
      collection,
      changes.gone.map(({ streamName }) => streamName),
    );
    for (const { streamName } of [...changes.unknown, ...changes.changed]) {
      collection.pending.add(streamName);
    }
  } catch (error) {
    signal.throwIfAborted();
    const failure = awsFailureOf(error);
    const nowMs = await readServerTimeMs(collection.database);
    const since = failureSince(collection.failures.listing, failure, nowMs);
    collection.failures = { listing: since };
    await storeConnectionFailure(collection);
    throw failure;
  }
}

/** One line, however many: the end of a world takes all its streams along. */
function logGone({ log }: Collection, streamNames: readonly string[]): void {
  if (streamNames.length === 0) return;
  log.info({ count: streamNames.length, streams: streamNames.slice(0, 10) }, 'streams are gone');
}
