/** How many times faster than it happened the past may be played. */
const SPEEDS = [1, 5, 15, 60, 600, 3_600] as const;

/** More frames a second than this cannot be told apart, nor fetched ahead. */
const FRAMES_PER_SECOND_MAX = 12;

/** Speeds at which periods of this length can be played. */
export function speedsFor(periodSeconds: number): readonly number[] {
  return SPEEDS.filter((speed) => speed / periodSeconds <= FRAMES_PER_SECOND_MAX);
}

/** Milliseconds that a period stays on screen. */
export function frameMs(periodSeconds: number, speed: number): number {
  return (periodSeconds * 1_000) / speed;
}

/**
 * Place of the period that an instant lies in, or of the last one before it; 0 where it lies before all.
 * @param starts ascending, not empty
 */
export function placeOf(starts: readonly number[], atMs: number): number {
  return Math.max(
    0,
    starts.findLastIndex((ms) => ms <= atMs),
  );
}

/** Periods that are fetched together, aligned so that playing on asks for the next ones and no others. */
export const CHUNK_PERIODS = 24;

/** Start of the chunk that the period lies in, epoch milliseconds. */
export function chunkStart(periodStartMs: number, periodSeconds: number): number {
  const chunkMs = CHUNK_PERIODS * periodSeconds * 1_000;
  return Math.floor(periodStartMs / chunkMs) * chunkMs;
}

/** The chunk to have at hand at a period, and the one after it as soon as half of the first has been seen. */
export function chunksAhead(periodStartMs: number, periodSeconds: number): readonly number[] {
  const chunkMs = CHUNK_PERIODS * periodSeconds * 1_000;
  const first = chunkStart(periodStartMs, periodSeconds);
  return periodStartMs - first >= chunkMs / 2 ? [first, first + chunkMs] : [first];
}
