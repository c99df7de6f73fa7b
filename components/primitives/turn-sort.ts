type Direction = 'asc' | 'desc';

/**
 * The order after a click on the head of `next`, as an address says it: a new column begins in its own direction,
 * which is left out; the present one turns.
 */
export function turnSort<S extends string>(
  present: { readonly sort: S; readonly direction: Direction },
  next: S,
  ownDirection: (sort: S) => Direction,
): { readonly sort: S; readonly dir: Direction | null } {
  const turned = present.direction === 'asc' ? 'desc' : 'asc';
  const own = ownDirection(next);
  const wanted = next === present.sort ? turned : own;
  return { sort: next, dir: wanted === own ? null : wanted };
}
