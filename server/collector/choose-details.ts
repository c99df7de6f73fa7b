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
 */
export function chooseDetails(
  streams: readonly TrackedStream[],
  pending: ReadonlySet<string>,
  sweeps: boolean,
): readonly string[] {
  const names = (chosen: readonly TrackedStream[]) => chosen.map((s) => s.summary.streamName);
  const changing = streams.filter((s) => s.summary.status !== 'ACTIVE');
  const watched = streams.filter((s) => s.watched);
  const failing = new Set(names(streams.filter((s) => s.failures.details !== null)));
  const young = [...pending].filter((name) => sweeps || !failing.has(name));
  const inTurn = streams
    .filter((s) => !pending.has(s.summary.streamName))
    .toSorted((a, b) => a.shardsListedAtMs - b.shardsListedAtMs)
    .slice(0, sweeps ? SWEEP_PER_ROUND : 0);
  return [...new Set([...names(changing), ...names(watched), ...young, ...names(inTurn)])];
}
