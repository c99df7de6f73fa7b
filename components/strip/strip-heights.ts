import type { StripHeights } from '#lib/strip/strip-paths.ts';

/** CSS pixels; headroom shows use up to 125 %. Repeated in strip.module.css as custom properties. */
export const STRIP_HEIGHTS: StripHeights = { headroom: 28, toLimit: 112 };
export const FRAME_HEIGHT = STRIP_HEIGHTS.headroom + STRIP_HEIGHTS.toLimit;
