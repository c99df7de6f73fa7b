type Lines = readonly { readonly values: readonly (number | null)[] }[];

/** Air above the highest limit, where its name stands, and above the highest value. */
const ABOVE_LIMIT = 1.18;
const ABOVE_VALUE = 1.08;

/** Top of the y axis: limits and values are always in sight. @returns at least `least` */
export function yMax(lines: Lines, limits: Lines, least: number): number {
  return Math.max(least, highest(limits) * ABOVE_LIMIT, highest(lines) * ABOVE_VALUE);
}

function highest(lines: Lines): number {
  let most = 0;
  for (const { values } of lines) {
    for (const value of values) {
      if (value !== null && value > most) most = value;
    }
  }
  return most;
}
