import type { HashKey } from '#lib/domain/hash-key.ts';
import { type RingWindow, WHOLE_WINDOW } from '#lib/domain/ring-map.ts';

/** Nearer than this no shard that Kinesis can make is told apart any better. */
const SPAN_MIN = 2 ** -40;
/** Hexadecimal digits of a bound in the URL, and the bits that they stand for. */
const DIGITS = 12;
const STEPS = 2 ** (4 * DIGITS);
/** A number holds 53 bits exactly; a hash key has 128. */
const SHARE_BITS = 53;

export function isWholeRing(window: RingWindow): boolean {
  return window.from <= 0 && window.to >= 1;
}

/**
 * The window `factor` times as wide, with what lies at `anchor` (a share of the window) left where it is.
 * @example zoomAt({ from: 0, to: 1 }, 0.5, 0.5) // { from: 0.25, to: 0.75 }
 */
export function zoomAt(window: RingWindow, anchor: number, factor: number): RingWindow {
  const span = window.to - window.from;
  const wanted = Math.min(1, Math.max(SPAN_MIN, span * factor));
  const from = window.from + anchor * (span - wanted);
  return within({ from, to: from + wanted });
}

/** The window moved by so many of its own widths, as far as the ring goes. */
export function panBy(window: RingWindow, widths: number): RingWindow {
  const by = widths * (window.to - window.from);
  return within({ from: window.from + by, to: window.to + by });
}

/** The window between two shares of `window`, in either order. */
export function brush(window: RingWindow, a: number, b: number): RingWindow {
  const span = window.to - window.from;
  const [left, right] = a < b ? [a, b] : [b, a];
  const from = window.from + Math.max(0, left) * span;
  return within({ from, to: Math.max(from + SPAN_MIN, window.from + Math.min(1, right) * span) });
}

/** The window moved just so far that the stretch is in sight, in the middle where it was not. */
export function bringIntoWindow(window: RingWindow, start: number, end: number): RingWindow {
  if (start < window.to && end > window.from) return window;
  const span = window.to - window.from;
  const from = (start + end) / 2 - span / 2;
  return within({ from, to: from + span });
}

/** A bound as it stands in the URL: the first hexadecimal digits of the hash key. @example formatBound(0.25) // '4' */
export function formatBound(share: number): string {
  const digits = Math.round(share * STEPS)
    .toString(16)
    .padStart(DIGITS, '0');
  return digits.replace(/0+$/, '') || '0';
}

/** Undoes `formatBound`. @returns null where the text is not 1 to 12 hexadecimal digits */
export function parseBound(text: string): number | null {
  if (!/^[\da-f]{1,12}$/i.test(text)) return null;
  return Number.parseInt(text.padEnd(DIGITS, '0'), 16) / STEPS;
}

/** @param to null for the end of the ring. @returns the whole ring where the bounds leave nothing between them */
export function windowBetween(from: number | null, to: number | null): RingWindow {
  const window = { from: from ?? 0, to: to ?? 1 };
  return window.to - window.from >= SPAN_MIN ? window : WHOLE_WINDOW;
}

/** The hash key at a share of the window. */
export function keyAt(window: RingWindow, share: number): HashKey {
  const onRing = window.from + Math.min(1, Math.max(0, share)) * (window.to - window.from);
  const last = 2 ** SHARE_BITS - 1;
  const step = BigInt(Math.min(last, Math.floor(onRing * 2 ** SHARE_BITS)));
  return (step << BigInt(128 - SHARE_BITS)) as HashKey;
}

function within({ from, to }: RingWindow): RingWindow {
  const span = Math.min(1, to - from);
  const start = Math.min(1 - span, Math.max(0, from));
  return { from: start, to: start + span };
}
