/** Rows that come anew into the document with one frame: what is laid out and painted within a few dozen milliseconds. */
const NEW_ROWS_MAX = 8;

/**
 * Which rows to draw with the next frame, where many have come at once. A place that shows a row already shows the one
 * that is there now; one that has shown none may do without for some frames more, so that a wheel is not held up.
 *
 * @param known places whose rows are known, in the order of drawing
 * @param drawn places that show a row; null before the first frame, which is drawn whole
 */
export function rowsOfFrame(
  known: readonly number[],
  drawn: ReadonlySet<number> | null,
): ReadonlySet<number> {
  if (drawn === null) return new Set(known);
  let left = NEW_ROWS_MAX;
  return new Set(
    known.filter((place) => {
      if (drawn.has(place)) return true;
      left -= 1;
      return left >= 0;
    }),
  );
}
