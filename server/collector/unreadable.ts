import type { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import { setUnreadableStreams } from '#server/db/connection-state.ts';
import type { UnreadableColumn } from '#server/db/schema.ts';
import type { Collection } from './collection.ts';
import { failureSince } from './failure.ts';

/** @param nowMs the database's clock */
export function noteUnreadable(
  { unreadable }: Collection,
  streamName: string,
  error: AwsFailure,
  nowMs: number,
): void {
  const failure = failureSince(unreadable.get(streamName) ?? null, error, nowMs);
  // The one that was tried last is the last to be tried again.
  unreadable.delete(streamName);
  unreadable.set(streamName, failure);
}

/** Drops those that are no longer listed. */
export function forgetUnlisted({ unreadable, listed, pending }: Collection): void {
  for (const name of unreadable.keys()) {
    if (listed.has(name)) continue;
    unreadable.delete(name);
    pending.delete(name);
  }
}

/** Writes down which streams are listed and cannot be described, where the store says otherwise. */
export async function storeUnreadable(collection: Collection): Promise<void> {
  const groups = groupsOf(collection);
  const text = JSON.stringify(groups);
  if (text === collection.storedUnreadable) return;
  const { connection } = collection;
  await collection.write((tx) => setUnreadableStreams(tx, connection.name, groups));
  if (groups.length > 0 || collection.storedUnreadable !== null) {
    const causes = groups.map(({ failure, streams }) => `${streams.length}: ${failure.message}`);
    const level = groups.length === 0 ? 'info' : 'warn';
    collection.log[level]({ causes }, 'streams that are listed and cannot be described');
  }
  collection.storedUnreadable = text;
}

/** One group for each cause, since its first stream; all in a steady order. */
function groupsOf({ unreadable, listed }: Collection): UnreadableColumn {
  const byCause = Map.groupBy(
    [...unreadable].sort(([a], [b]) => (a < b ? -1 : 1)),
    ([, { message }]) => message,
  );
  return [...byCause.values()].map((alike) => ({
    failure: earliest(alike.map(([, failure]) => failure)),
    streams: alike.map(([streamName]) => ({
      streamName,
      streamArn: listed.get(streamName)?.identity?.streamArn ?? null,
    })),
  }));
}

function earliest(failures: readonly CollectionFailure[]): CollectionFailure {
  return failures.reduce((first, failure) => (failure.sinceMs < first.sinceMs ? failure : first));
}
