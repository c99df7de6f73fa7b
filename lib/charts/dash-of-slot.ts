// CSS pixels on and off. Colour alone does not tell eight lines apart for everyone: each has a pattern too.
const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2.5],
  [9, 3, 2, 3],
  [4, 2],
  [12, 4],
  [2, 5],
  [8, 2, 2, 2, 2, 2],
];

/** The dash pattern of a place in the palette; empty for a solid line. */
export function dashOfSlot(slot: number): number[] {
  return [...(DASHES[slot] ?? [])];
}
