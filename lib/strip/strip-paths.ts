import { isAlone, type RingCell } from '#lib/domain/ring-cells.ts';
import type { ShardMark } from '#lib/domain/shard-mark.ts';
import { worstPlace } from '#lib/domain/worst-place.ts';
import { rectPath } from './rect-path.ts';
import { stepOfUse, type UseStep } from './use-step.ts';

/** Heights of the frames, CSS pixels from their top: headroom above the limit line, use below it. */
export type StripHeights = { readonly headroom: number; readonly toLimit: number };

/** Paths that draw all frames, whatever their number: one a step and one a mark. */
export type StripPaths = {
  readonly fills: readonly { readonly step: UseStep; readonly d: string }[];
  /** Empty frames, behind the fills. */
  readonly grounds: string;
  /** Above the limit line, where a shard refuses: what it did not take is what went beyond the limit. */
  readonly refused: string;
  /** Outlines of frames without a datapoint. */
  readonly unknown: string;
};

/** A shard that carries anything shows at least this many pixels. */
const FILL_HEIGHT_MIN = 2;
/** Idle is drawn as a line on the floor: known, and nothing. */
const IDLE_HEIGHT = 2;
/** Refusing is seen even where the fill reaches to the top. */
const REFUSED_HEIGHT_MIN = 10;

/** A cell of many marks shows the worst of them. @param marks by the places that `cells` name */
export function stripPaths(
  cells: readonly RingCell[],
  marks: readonly ShardMark[],
  heights: StripHeights,
): StripPaths {
  const byStep = new Map<UseStep, string>();
  const height = heights.headroom + heights.toLimit;
  let grounds = '';
  let refused = '';
  let unknown = '';
  for (const cell of cells) {
    const { x, width } = inset(cell);
    const worst = marks[worstPlace(marks, cell.firstPlace, cell.lastPlace)];
    const step = worst === undefined ? null : stepOfUse(worst.use);
    if (worst === undefined || step === null) {
      unknown += rectPath(x + 0.5, 0.5, Math.max(width - 1, 0.5), height - 1);
      continue;
    }
    const fill = fillHeight(worst.use, heights);
    grounds += rectPath(x, 0, width, height);
    byStep.set(step, (byStep.get(step) ?? '') + rectPath(x, height - fill, width, fill));
    if (worst.throttled) {
      const room = Math.min(heights.headroom, height - fill);
      refused += rectPath(x, 0, width, Math.max(room, REFUSED_HEIGHT_MIN));
    }
  }
  return {
    fills: [...byStep].sort(([a], [b]) => a - b).map(([step, d]) => ({ step, d })),
    grounds,
    refused,
    unknown,
  };
}

/** Pixels from the floor; a use beyond the headroom ends at its top. */
export function fillHeight(use: number, heights: StripHeights): number {
  if (use <= 0) return IDLE_HEIGHT;
  const full = heights.headroom + heights.toLimit;
  return Math.min(full, Math.max(FILL_HEIGHT_MIN, use * heights.toLimit));
}

/** Frames that stand alone are parted by a pixel, as on film; columns of many are not. */
function inset(cell: RingCell): { readonly x: number; readonly width: number } {
  return isAlone(cell)
    ? { x: cell.x + 0.5, width: cell.width - 1 }
    : { x: cell.x, width: cell.width };
}
