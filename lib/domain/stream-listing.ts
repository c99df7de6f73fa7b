import type { StreamIdentity, StreamStatus } from './stream.ts';

/** What ListStreams tells of a stream. Older endpoints give names alone: then the rest is null. */
export type ListedStream = {
  readonly streamName: string;
  readonly identity: StreamIdentity | null;
  readonly status: StreamStatus | null;
};

/** What is remembered of a stream, as far as a listing can contradict it. */
export type KnownStream = StreamIdentity & {
  readonly streamId: number;
  readonly streamName: string;
  readonly status: StreamStatus;
};

export type ListingChanges = {
  /** Known streams that are no longer there: not listed, or another stream has taken the name. */
  readonly gone: readonly KnownStream[];
  /** Listed streams that are not known, or that were listed without an identity that could be compared. */
  readonly unknown: readonly ListedStream[];
  /** Known streams whose status is another now. */
  readonly changed: readonly KnownStream[];
};

/** Holds what is known against a complete listing. */
export function compareListing(
  known: readonly KnownStream[],
  listed: readonly ListedStream[],
): ListingChanges {
  const listedByName = new Map(listed.map((stream) => [stream.streamName, stream]));
  const gone: KnownStream[] = [];
  const changed: KnownStream[] = [];
  const recognised = new Set<string>();
  for (const stream of known) {
    const now = listedByName.get(stream.streamName);
    if (now === undefined || (now.identity !== null && !isSameStream(stream, now.identity))) {
      gone.push(stream);
      continue;
    }
    if (now.identity === null) continue;
    recognised.add(stream.streamName);
    if (now.status !== null && now.status !== stream.status) changed.push(stream);
  }
  const unknown = listed.filter((stream) => !recognised.has(stream.streamName));
  return { gone, unknown, changed };
}

export function isSameStream(a: StreamIdentity, b: StreamIdentity): boolean {
  return a.streamArn === b.streamArn && a.createdAtMs === b.createdAtMs;
}
