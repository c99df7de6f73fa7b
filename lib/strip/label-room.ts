/**
 * What can be written at a frame: nothing, the bare percent, percent and shard, these and the rate, or these and
 * how much was refused.
 */
export type LabelRoom = 'none' | 'number' | 'short' | 'full' | 'wide';

// Widths of the texts in the strip's own type (12 px figures, 11 px mono), measured, with 4 px of air.
const NUMBER_WIDTH = 18;
const SHORT_WIDTH = 44;
const FULL_WIDTH = 68;
const WIDE_WIDTH = 88;
/** Of NO_METRICS_NOTE. */
const NOTE_WIDTH = 248;

/** What is written inside a frame of a stream whose shards CloudWatch knows nothing of. */
export const NO_METRICS_NOTE = 'no datapoint: shard-level metrics are off';

/** @param width of the frame, CSS pixels */
export function labelRoom(width: number): LabelRoom {
  if (width >= WIDE_WIDTH) return 'wide';
  if (width >= FULL_WIDTH) return 'full';
  if (width >= SHORT_WIDTH) return 'short';
  if (width >= NUMBER_WIDTH) return 'number';
  return 'none';
}

/**
 * Is there room for NO_METRICS_NOTE inside the frame?
 * @param width of the frame, CSS pixels
 */
export function fitsNote(width: number): boolean {
  return width >= NOTE_WIDTH;
}

/** Is there more than a number: text under the frame? */
export function hasCaption(room: LabelRoom): boolean {
  return room !== 'none' && room !== 'number';
}

/** Narrower frames are told to assistive technology one at a time, as they are walked to: hundreds of items help nobody. */
const OPTION_WIDTH_MIN = 8;

/**
 * Is the frame an item of the list of shards at all times?
 * @param width of the frame, CSS pixels
 */
export function fitsOption(width: number): boolean {
  return width >= OPTION_WIDTH_MIN;
}
