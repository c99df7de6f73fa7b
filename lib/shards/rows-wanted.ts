/** Rows of one answer: those in sight, and some beyond either end, so that a step of the wheel finds them there. */
export const ROWS_PER_ANSWER = 60;
const STEP = 20;
const BEFORE = 10;
/** More than a table has in sight: whichever edge of it a row is brought to, its neighbours are there. */
const AROUND = 30;

/**
 * Where the answer begins that holds the rows from `first` on. In steps, so that scrolling by a row asks for
 * nothing new.
 * @param first index of the topmost row drawn
 */
export function offsetFor(first: number): number {
  return Math.floor(Math.max(0, first - BEFORE) / STEP) * STEP;
}

/**
 * Where an answer begins.
 * @param aroundAt the row that has to be in it with its neighbours on both sides; null where any will do
 */
export function answerOffset(offset: number, limit: number, aroundAt: number | null): number {
  if (aroundAt === null || (aroundAt >= offset && aroundAt < offset + limit)) return offset;
  return Math.max(0, aroundAt - AROUND);
}
