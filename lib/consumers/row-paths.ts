import { rectPath } from '#lib/strip/rect-path.ts';
import type { ConsumerCell } from './consumer-rows.ts';
import { type LagStep, stepOfLag } from './lag-step.ts';
import { isStuck } from './status-level.ts';

/** Paths that draw one application along the strip, whatever the number of shards. */
export type RowPaths = {
  readonly fills: readonly { readonly step: LagStep; readonly d: string }[];
  /** Over the fills: leases that go nowhere. */
  readonly stuck: string;
  /** The same of cells too thin for a hatch: to be filled, below. */
  readonly stuckThin: string;
  /** Outlines where a lease is known, and no lag. */
  readonly unknown: string;
};

/** Shares of the drawing's width, one a cell. */
type Piece = { readonly start: number; readonly end: number };

/** Cells that are wider stand apart by a pixel, as frames do. */
const PARTED_FROM = 4;

/** A hatch is not seen in less, CSS pixels. */
const HATCHED_FROM = 6;

/** @param width and height of the drawing, CSS pixels @param pieces where the cells lie, side by side */
export function rowPaths(
  pieces: readonly Piece[],
  cells: readonly ConsumerCell[],
  width: number,
  height: number,
  retentionSeconds: number,
): RowPaths {
  const byStep = new Map<LagStep, string>();
  let stuck = '';
  let stuckThin = '';
  let unknown = '';
  for (const [i, cell] of cells.entries()) {
    const piece = pieces[i];
    if (piece === undefined || cell.status === null || piece.end <= piece.start) continue;
    const left = piece.start * width;
    const span = (piece.end - piece.start) * width;
    const gap = span >= PARTED_FROM ? 1 : 0;
    const x = left + gap / 2;
    const w = Math.max(0.5, span - gap);
    const step = cell.status === 'DONE' ? 0 : stepOfLag(cell.atMostSeconds, retentionSeconds);
    if (step === null) unknown += rectPath(x + 0.5, 0.5, Math.max(0.5, w - 1), height - 1);
    else byStep.set(step, (byStep.get(step) ?? '') + rectPath(x, 0, w, height));
    if (!isStuck(cell.status)) continue;
    if (w >= HATCHED_FROM) stuck += rectPath(x, 0, w, height);
    else stuckThin += rectPath(x, height / 2, Math.max(1, w), height / 2);
  }
  return {
    fills: [...byStep].sort(([a], [b]) => a - b).map(([step, d]) => ({ step, d })),
    stuck,
    stuckThin,
    unknown,
  };
}
