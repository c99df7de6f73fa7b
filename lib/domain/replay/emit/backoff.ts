const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/**
 * Full jitter: any time up to a bound that doubles with each failure in a row. Source: Brooker, "Exponential Backoff And
 * Jitter" (AWS Architecture Blog, 2015).
 * @param failures in a row, from 1 on
 * @param chance at least 0, less than 1
 */
export function backoffMs(failures: number, chance: number): number {
  return chance * Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
}
