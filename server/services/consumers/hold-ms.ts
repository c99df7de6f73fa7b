/** Before somebody watched, readings were rarer than they are now: so long none is a gap, milliseconds. */
const HOLD_MS_MIN = 30_000;

/** For how long a reading of an application stands in its history. */
export function holdMsOf(application: { readonly cadenceSeconds: number }): number {
  return Math.max(HOLD_MS_MIN, 2_000 * application.cadenceSeconds);
}
