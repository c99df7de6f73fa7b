import type { RingPiece } from '#lib/domain/ring-cells.ts';

/** The place of the piece that holds `fraction` of the ring; null where there is none. */
export function placeAt(ring: readonly RingPiece[], fraction: number): number | null {
  if (ring.length === 0) return null;
  let low = 0;
  let high = ring.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ring[middle]?.start ?? 1) <= fraction) low = middle;
    else high = middle - 1;
  }
  return low;
}
