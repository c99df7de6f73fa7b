/** Rows of one answer: those in sight, and some beyond either end, so that a step of the wheel finds them there. */
export const ROWS_PER_ANSWER = 60;
const STEP = 20;
const BEFORE = 10;

/**
 * Where the answer begins that holds the rows from `first` on. In steps, so that scrolling by a row asks for
 * nothing new.
 * @param first index of the topmost row drawn
 */
export function offsetFor(first: number): number {
  return Math.floor(Math.max(0, first - BEFORE) / STEP) * STEP;
}
