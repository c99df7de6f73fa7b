/**
 * What was known in each period: a reading stands until the next one, or until `holdMs` are over, as everywhere a figure
 * is of now for two cadences. Periods that are shorter than a cadence would be gaps else, though nothing was missed.
 *
 * @param startsMs of the periods, ascending
 * @returns by place of the period; null where nothing was known any more
 */
export function holdOver<T>(
  startsMs: readonly number[],
  known: ReadonlyMap<number, T>,
  holdMs: number,
): readonly (T | null)[] {
  let held: { readonly value: T; readonly atMs: number } | null = null;
  return startsMs.map((startMs) => {
    const value = known.get(startMs);
    if (value !== undefined) held = { value, atMs: startMs };
    return held === null || startMs - held.atMs > holdMs ? null : held.value;
  });
}
