/** Seconds between two readings that a person can remember; from a day on, whole days. */
const STEPS_SECONDS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300, 360, 480, 600, 720, 900, 1_200, 1_800, 2_700,
  3_600, 5_400, 7_200, 10_800, 14_400, 18_000, 21_600, 28_800, 36_000, 43_200, 57_600,
] as const;

const DAY_SECONDS = 86_400;

/**
 * The next round cadence that is not quicker. Rounding up spends less than was planned, never more.
 * @example roundCadenceUp(652) // 720: each 12 min
 */
export function roundCadenceUp(seconds: number): number {
  const step = STEPS_SECONDS.find((one) => one >= seconds);
  return step ?? Math.ceil(seconds / DAY_SECONDS) * DAY_SECONDS;
}
