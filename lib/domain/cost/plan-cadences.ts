/** A stream as the planner sees it. */
export type PlannedStream = {
  /** Metrics that one reading of it asks for: what is charged, however long a time it spans. */
  readonly metrics: number;
  /** Seconds between two readings, were money no matter. */
  readonly wantedSeconds: number;
  /** Whether somebody looks at it. */
  readonly watched: boolean;
};

export type Means = {
  /** Metrics that may still be asked for until the day ends. */
  readonly metricsLeft: number;
  /** Until the UTC day ends. */
  readonly secondsLeft: number;
};

/** What is left for streams that nobody looks at, however dear the others are: they shall not go dark. */
const UNWATCHED_SHARE_MIN = 0.1;

/** Squares of roots differ from what they were by so much. */
const ROUNDING = 1e-9;

/**
 * Seconds between two readings for each of `streams`, in their order, such that together they ask for no more than
 * `metricsLeft` in `secondsLeft`; Infinity where nothing is left. Money is saved on streams that nobody looks at
 * first; then on the others. No stream is read more often than it is wanted.
 */
export function planCadences(
  streams: readonly PlannedStream[],
  { metricsLeft, secondsLeft }: Means,
): readonly number[] {
  const metricsPerSecond = metricsLeft / Math.max(1, secondsLeft);
  const watched = streams.filter((stream) => stream.watched);
  const others = streams.filter((stream) => !stream.watched);
  const needed = wantedRate(watched);
  const forOthers = Math.min(
    wantedRate(others),
    Math.max(metricsPerSecond * UNWATCHED_SHARE_MIN, metricsPerSecond - needed),
  );
  const watchedFactor = stretchFactor(watched, metricsPerSecond - forOthers);
  const othersFactor = stretchFactor(others, forOthers);
  return streams.map((stream) => stretched(stream, stream.watched ? watchedFactor : othersFactor));
}

/** Metrics a second that streams cost at the cadences wanted. */
function wantedRate(streams: readonly PlannedStream[]): number {
  return streams.reduce((sum, { metrics, wantedSeconds }) => sum + metrics / wantedSeconds, 0);
}

/**
 * Of all cadences that cost `metricsPerSecond`, those whose sum, each in units of what was wanted, is least are
 * `factor x sqrt(metrics x wanted)`, or the wanted one where that is longer (by Lagrange: a dear stream is read more
 * rarely, but only by the root of what it costs, so that it does not starve). The streams that are stretched at all
 * are those of the greatest sqrt(metrics / wanted): they are found by taking one more until it fits.
 * @returns 0 where nothing has to be stretched
 */
function stretchFactor(streams: readonly PlannedStream[], metricsPerSecond: number): number {
  const roots = streams
    .map(({ metrics, wantedSeconds }) => Math.sqrt(metrics / wantedSeconds))
    .sort((a, b) => b - a);
  // Summed from the small ones on: subtracting from a sum of great ones would lose them in rounding.
  const rateFrom = new Float64Array(roots.length + 1);
  for (const [i, root] of [...roots.entries()].reverse()) {
    rateFrom[i] = (rateFrom[i + 1] ?? 0) + root * root;
  }
  if ((rateFrom[0] ?? 0) <= metricsPerSecond * (1 + ROUNDING)) return 0;
  let stretchedRoots = 0;
  for (const [i, root] of roots.entries()) {
    stretchedRoots += root;
    const left = metricsPerSecond - (rateFrom[i + 1] ?? 0);
    if (left <= 0) continue;
    const factor = stretchedRoots / left;
    if (factor * (roots[i + 1] ?? 0) <= 1) return factor;
  }
  return Number.POSITIVE_INFINITY;
}

function stretched({ metrics, wantedSeconds }: PlannedStream, factor: number): number {
  if (factor === 0 || metrics === 0) return wantedSeconds;
  return Math.max(wantedSeconds, factor * Math.sqrt(metrics * wantedSeconds));
}
