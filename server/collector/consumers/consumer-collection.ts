import type { Thresholds } from '#lib/domain/consumers/thresholds.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { Collection } from '#server/collector/collection.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import type { ApplicationKey, FollowedApplication } from './followed-application.ts';
import type { FollowedTable } from './followed-table.ts';
import type { KnownArrivals } from './known-arrivals.ts';
import type { KnownShards } from './known-shards.ts';

/** What the rounds that look for consumers and follow them share, from the day that a collector leads. */
export type ConsumerCollection = {
  readonly collection: Collection;
  readonly thresholds: Thresholds;
  readonly applications: Map<ApplicationKey, FollowedApplication>;
  /** By name: those that hold leases or reports of workers. */
  readonly tables: Map<string, FollowedTable>;
  /** When each table of the account is described again, on the monotonic clock: also those of nobody's consumers. */
  readonly describedAgainAtMs: Map<string, number>;
  readonly shards: KnownShards;
  readonly arrivals: KnownArrivals;
  /** Why each API does not answer, by its name. */
  readonly failures: Map<string, CollectionFailure>;
  /** When each shard was probed last, by stream and shard, on the monotonic clock. */
  readonly probedAtMs: Map<string, number>;
  /** Something was changed here: each stream is asked for its registered consumers, once, whatever is known of them. */
  asksAll: boolean;
  /** The stream has shards that are not known yet. */
  readonly lookInto: (streamName: string) => void;
};

/** Streams that consumers may be found of: those whose shards are known. */
export function knownStreams({ collection }: ConsumerCollection): readonly TrackedStream[] {
  return [...collection.streams.values()].filter(({ topologies }) => topologies.length > 0);
}

/**
 * Whether all streams of the account in the region are known with their shards. Leases that fit one of them alone are
 * its own only then.
 */
export function seesAllStreams({ collection }: ConsumerCollection): boolean {
  const { connection, listed, streams, unreadable } = collection;
  const takesAll =
    connection.include.length + connection.exclude.length + connection.streamArns.length === 0;
  const allKnown = [...streams.values()].every(({ topologies }) => topologies.length > 0);
  return takesAll && allKnown && unreadable.size === 0 && listed.size === streams.size;
}

/** Seconds between two readings of an application of `streams`: fast where somebody looks at one of them. */
export function readingCadenceSeconds(
  { collection }: ConsumerCollection,
  streams: readonly TrackedStream[],
): number {
  const { watchedSeconds, unwatchedSeconds } = collection.connection.consumers;
  return streams.some(({ watched }) => watched) ? watchedSeconds : unwatchedSeconds;
}
