import type { TrackedStream } from './tracked-stream.ts';

/** Streams that nobody looks at and of which nothing has changed, looked into in one round all the same. */
const SWEEP_PER_ROUND = 20;

/**
 * Names of the streams to describe in this round, the most urgent first: those that are changing, those that
 * somebody looks at, the new ones, and then, in turn, some of the others: a split and a merge at once leave
 * no trace in a listing.
 * @param pending names of new streams, and of others that are to be looked into in each round
 * @param sweeps whether the others have their turn: not in the quick rounds while a stream is changing, which
 * would spend the budget of DescribeStreamSummary on them, and on new ones that failed a moment ago
 * @param unreadable names of listed streams that could not be described, the one tried longest ago first: they
 * have their turn too, so that a new permission is noticed and the lack of one does not eat the budget
 */
export function chooseDetails(
  streams: readonly TrackedStream[],
  pending: ReadonlySet<string>,
  sweeps: boolean,
  unreadable: readonly string[] = [],
): readonly string[] {
  const names = (chosen: readonly TrackedStream[]) => chosen.map((s) => s.summary.streamName);
  const changing = streams.filter((s) => s.summary.status !== 'ACTIVE');
  const watched = streams.filter((s) => s.watched);
  const failing = new Set(names(streams.filter((s) => s.failures.details !== null)));
  const hopeless = new Set(unreadable);
  const young = [...pending].filter(
    (name) => !hopeless.has(name) && (sweeps || !failing.has(name)),
  );
  const again = unreadable.slice(0, sweeps ? SWEEP_PER_ROUND : 0);
  const inTurn = streams
    .filter((s) => !pending.has(s.summary.streamName))
    .toSorted((a, b) => a.shardsListedAtMs - b.shardsListedAtMs)
    .slice(0, sweeps ? SWEEP_PER_ROUND : 0);
  return [
    ...new Set([...names(changing), ...names(watched), ...young, ...again, ...names(inTurn)]),
  ];
}
