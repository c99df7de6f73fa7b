import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { placeAt } from '#lib/strip/place-at.ts';

type Place = { readonly band: number; readonly column: number };

/** Columns that PageUp and PageDown go over. */
const LEAP = 10;

/** Where a key leads to on a heat map; null where it leads nowhere. @param from null: nowhere yet */
export function moveCell(
  from: Place | null,
  key: string,
  bands: number,
  columns: number,
): Place | null {
  if (bands === 0 || columns === 0) return null;
  const { band, column } = from ?? { band: 0, column: columns - 1 };
  const to = (nextBand: number, nextColumn: number): Place => ({
    band: Math.min(bands - 1, Math.max(0, nextBand)),
    column: Math.min(columns - 1, Math.max(0, nextColumn)),
  });
  switch (key) {
    case 'ArrowLeft':
      return to(band, column - 1);
    case 'ArrowRight':
      return to(band, column + 1);
    case 'ArrowUp':
      return to(band - 1, column);
    case 'ArrowDown':
      return to(band + 1, column);
    case 'PageUp':
      return to(band, column - LEAP);
    case 'PageDown':
      return to(band, column + LEAP);
    case 'Home':
      return to(band, 0);
    case 'End':
      return to(band, columns - 1);
    default:
      return null;
  }
}

/** The row at a share of the picture's height. */
export function bandAt(bands: readonly RingPiece[], share: number): number {
  return placeAt(bands, share) ?? 0;
}
