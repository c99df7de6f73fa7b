const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const HEALTHY_RESETS_MS = 30_000;

/**
 * How long to wait before a process that ended is started again: 0.5 s, doubling up to 15 s, and from the
 * beginning after the process had been healthy for 30 s.
 *
 * @param previousDelayMs the wait before the run that just ended; undefined if it was the first
 * @param healthyForMs for how long that run had been healthy
 */
export function nextDelayMs(previousDelayMs: number | undefined, healthyForMs: number): number {
  if (previousDelayMs === undefined || healthyForMs >= HEALTHY_RESETS_MS) return FIRST_DELAY_MS;
  return Math.min(previousDelayMs * 2, LONGEST_DELAY_MS);
}
