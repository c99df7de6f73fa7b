import type { HeatMap } from '#lib/consumers/heat-map.ts';
import type { HeatRun } from '#lib/consumers/heat-runs.ts';
import type { HeatColors } from './heat-colors.ts';

/** Distance of hatch lines, CSS pixels. */
const HATCH_STEP = 6;
/** Rows that are higher are parted by a line. */
const PARTED_FROM = 6;

export type HeatView = {
  readonly fromMs: number;
  readonly toMs: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
};

/** Where a column begins, CSS pixels. */
export function columnX(map: HeatMap, column: number, view: HeatView): number {
  const ms = map.fromMs + column * map.periodSeconds * 1_000;
  return ((ms - view.fromMs) / (view.toMs - view.fromMs)) * view.width;
}

/** Fills the canvas: few rectangles, whatever the number of shards. */
export function drawHeat(
  canvas: HTMLCanvasElement,
  map: HeatMap,
  runs: readonly HeatRun[],
  view: HeatView,
  colors: HeatColors,
): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(view.width * ratio);
  canvas.height = Math.round(view.height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const hatch = hatchPattern(context, colors, ratio);
  const boxes = runs.map((run) => ({ run, ...boxOf(map, run, view) }));
  for (const { run, x, y, width, height } of boxes) {
    if (run.step === null) {
      // Unknown is no colour of the scale: a ground of thin lines.
      context.strokeStyle = colors.unknown;
      context.lineWidth = 1;
      context.beginPath();
      for (let at = y + 2; at < y + height; at += 4) {
        context.moveTo(x, at);
        context.lineTo(x + width, at);
      }
      context.setLineDash([1, 3]);
      context.stroke();
      context.setLineDash([]);
    } else {
      context.fillStyle = colors.steps[run.step] ?? colors.unknown;
      context.fillRect(x, y, width, height);
    }
  }
  for (const { run, x, y, width, height } of boxes) {
    if (!run.stuck) continue;
    const isThin = width < HATCH_STEP || height < HATCH_STEP;
    context.fillStyle = isThin ? colors.hatch : hatch;
    context.fillRect(x, y, width, height);
  }
}

function boxOf(map: HeatMap, run: HeatRun, view: HeatView) {
  const band = map.bands[run.band] ?? { start: 0, end: 0 };
  const x = Math.max(0, columnX(map, run.from, view));
  const right = Math.min(view.width, columnX(map, run.to, view));
  const y = band.start * view.height;
  const height = (band.end - band.start) * view.height;
  const gap = height > PARTED_FROM ? 1 : 0;
  // Neighbours of one colour must show no seam: a rectangle ends where the next pixel begins.
  return {
    x: Math.floor(x),
    width: Math.max(1, Math.ceil(right) - Math.floor(x)),
    y,
    height: Math.max(1, height - gap),
  };
}

function hatchPattern(
  context: CanvasRenderingContext2D,
  colors: HeatColors,
  ratio: number,
): CanvasPattern | string {
  const size = Math.round(HATCH_STEP * ratio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const ink = tile.getContext('2d');
  if (ink === null) return colors.hatch;
  ink.strokeStyle = colors.hatch;
  ink.lineWidth = 1.5 * ratio;
  ink.beginPath();
  for (const shift of [-size, 0, size]) {
    ink.moveTo(shift, size);
    ink.lineTo(shift + size, 0);
  }
  ink.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return colors.hatch;
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}
