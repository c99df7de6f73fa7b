/** What can be written at a frame: nothing, the bare percent, percent and shard, or these and the rate. */
export type LabelRoom = 'none' | 'number' | 'short' | 'full';

// Widths of the texts in the strip's own type (12 px figures, 11 px mono), measured, with 4 px of air.
const NUMBER_WIDTH = 24;
const SHORT_WIDTH = 44;
const FULL_WIDTH = 68;

/** @param width of the frame, CSS pixels */
export function labelRoom(width: number): LabelRoom {
  if (width >= FULL_WIDTH) return 'full';
  if (width >= SHORT_WIDTH) return 'short';
  if (width >= NUMBER_WIDTH) return 'number';
  return 'none';
}
