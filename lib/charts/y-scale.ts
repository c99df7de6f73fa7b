type Lines = readonly { readonly values: readonly (number | null)[] }[];

/** Air above the highest limit, where its name stands, and above the highest value. */
const ABOVE_LIMIT = 1.18;
const ABOVE_VALUE = 1.08;

/** A limit that is this many times the highest value is told in words: drawn, it would press the values flat. */
const FAR_ABOVE = 8;

/** Top of the y axis: limits and values are always in sight. @returns at least `least` */
export function yMax(lines: Lines, limits: Lines, least: number): number {
  return Math.max(least, highest(limits) * ABOVE_LIMIT, highest(lines) * ABOVE_VALUE);
}

/** Whether limits lie so far above the values that the chart is of the values alone. */
export function isFarAbove(lines: Lines, limits: Lines): boolean {
  return highest(limits) > FAR_ABOVE * highest(lines);
}

/**
 * Bottom of the axis of shares, of which the top is 1: the parts of a hundred in which the lowest lies, so that a
 * half percent that failed is seen.
 * @example shareBottom([{ values: [1, 0.995] }]) // 0.99
 */
export function shareBottom(lines: Lines): number {
  let lowest = 1;
  for (const { values } of lines) {
    for (const value of values) if (value !== null && value < lowest) lowest = value;
  }
  const bottom = SHARE_BOTTOMS.find((share) => share <= lowest) ?? 0;
  return bottom;
}

const SHARE_BOTTOMS = [0.99, 0.95, 0.9, 0.75, 0.5, 0];

function highest(lines: Lines): number {
  let most = 0;
  for (const { values } of lines) {
    for (const value of values) {
      if (value !== null && value > most) most = value;
    }
  }
  return most;
}
