import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { TrackedStream } from './tracked-stream.ts';

/** When a stream's tags are read again, and how the last reading went. */
export type TagsTurn = {
  /** On the monotonic clock, milliseconds. */
  readonly dueAtMs: number;
  readonly failuresInARow: number;
  readonly failure: CollectionFailure | null;
};

export const FIRST_TURN: TagsTurn = {
  dueAtMs: Number.NEGATIVE_INFINITY,
  failuresInARow: 0,
  failure: null,
};

/** Tags change by a person's hand or a deployment's: more rarely than what changes by itself. */
const EVERY_UNWATCHED_CADENCES = 3;

/** Seconds between two readings of a stream's tags: 15 min where streams are read each 5. */
export function tagsCadenceSeconds(unwatchedSeconds: number): number {
  return EVERY_UNWATCHED_CADENCES * unwatchedSeconds;
}

/**
 * The streams whose tags are read next, at most `most`: first those that somebody has changed, then those that are
 * due at `nowMs`, the longest waiting first. One that is being deleted is left alone.
 */
export function chooseTagsTurns(
  streams: readonly TrackedStream[],
  turns: ReadonlyMap<number, TagsTurn>,
  changed: ReadonlySet<string>,
  nowMs: number,
  most: number,
): readonly TrackedStream[] {
  const dueAtMs = ({ streamId, summary }: TrackedStream) =>
    changed.has(summary.streamName)
      ? Number.NEGATIVE_INFINITY
      : (turns.get(streamId) ?? FIRST_TURN).dueAtMs;
  return streams
    .filter((stream) => stream.summary.status !== 'DELETING' && dueAtMs(stream) <= nowMs)
    .toSorted((a, b) => compare(dueAtMs(a), dueAtMs(b)) || a.streamId - b.streamId)
    .slice(0, most);
}

/** As infinities are no numbers to subtract. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
