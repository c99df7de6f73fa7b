import type { Cadence } from '#server/config/config.ts';

/** Time from a period's end to its reading: answers take this long to count what came at the last moment. */
const SETTLE_MS = 300;

const RETRY_MS_MIN = 500;

/** Series that a stream nobody looks at may have and still be read at the full unwatched cadence. */
const UNWATCHED_SERIES_FREE = 1_000;

/** When a stream that was read at `nowMs` is due again: just after a multiple of its cadence, so that streams are read together. */
export function nextDueMs(nowMs: number, cadenceSeconds: number): number {
  const cadenceMs = cadenceSeconds * 1000;
  return (Math.floor((nowMs - SETTLE_MS) / cadenceMs) + 1) * cadenceMs + SETTLE_MS;
}

/** Wait before the next try after `failuresInARow` (1 and more): doubles, up to the cadence. */
export function retryDelayMs(failuresInARow: number, cadenceSeconds: number): number {
  return Math.min(cadenceSeconds * 1000, RETRY_MS_MIN * 2 ** Math.min(20, failuresInARow - 1));
}

/**
 * Seconds between two readings of a stream's metrics, as they are wanted before any budget. What nobody looks at is
 * read the more rarely the more series it has: AWS charges by the metric asked for, however much time it spans.
 * @param series metrics that one reading asks for
 */
export function cadenceSecondsOf(cadence: Cadence, watched: boolean, series: number): number {
  if (watched) return cadence.watchedSeconds;
  return cadence.unwatchedSeconds * Math.max(1, Math.ceil(series / UNWATCHED_SERIES_FREE));
}
