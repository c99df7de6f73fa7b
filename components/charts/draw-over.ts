import uPlot from 'uplot';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { middleOf } from '#lib/charts/plot-data.ts';
import { stackTop } from '#lib/charts/stack.ts';
import type { PlotColors } from './plot-colors.ts';

/** How much of a line shows through the name of a limit that it passes behind, 0 .. 1. */
const SEEN_THROUGH = 0.2;

/** Names each limit above the right end of its line, on a ground of its own: a bursting line passes behind it. */
export function drawLimitNames(plot: uPlot, model: ChartModel, colors: PlotColors): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.font = colors.font.replace('11px', `${11 * ratio}px`);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  for (const limit of model.limits) {
    const newest = limit.values.findLast((value) => value !== null);
    if (newest == null) continue;
    const y = plot.valToPos(newest, 'y', true);
    const right = bbox.left + bbox.width - 4 * ratio;
    const width = ctx.measureText(limit.label).width + 8 * ratio;
    ctx.globalAlpha = 1 - SEEN_THROUGH;
    ctx.fillStyle = colors.ground;
    // Ends above the line of the limit, which stays whole.
    ctx.fillRect(right + 4 * ratio - width, y - 17 * ratio, width, 16 * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colors.ink;
    ctx.fillText(limit.label, right, y - 3 * ratio);
  }
  ctx.restore();
}

/** The period that is not over: lines end in an open circle, columns are hatched. */
export function drawPartial(plot: uPlot, model: ChartModel, colors: PlotColors): void {
  const last = model.periodStartMs.length - 1;
  if (model.partialSeconds === null || last < 0) return;
  if (model.shape === 'stacked') hatchColumn(plot, model, last, colors);
  else openEnds(plot, model, last, colors);
}

function openEnds(plot: uPlot, model: ChartModel, last: number, colors: PlotColors): void {
  const { ctx } = plot;
  const ratio = uPlot.pxRatio;
  const x = plot.valToPos(middleOf(model, last), 'x', true);
  const beforeX = plot.valToPos(middleOf(model, last - 1), 'x', true);
  ctx.save();
  for (const line of model.lines) {
    const value = line.values[last] ?? null;
    if (value === null) continue;
    const y = plot.valToPos(value, 'y', true);
    const before = line.values[last - 1] ?? null;
    ctx.strokeStyle = colors.series[line.slot] ?? colors.ink;
    ctx.lineWidth = 1.25 * ratio;
    if (before !== null) {
      ctx.setLineDash([2 * ratio, 2 * ratio]);
      ctx.beginPath();
      ctx.moveTo(beforeX, plot.valToPos(before, 'y', true));
      ctx.lineTo(x, y);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.fillStyle = colors.ground;
    ctx.beginPath();
    ctx.arc(x, y, 2.5 * ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function hatchColumn(plot: uPlot, model: ChartModel, last: number, colors: PlotColors): void {
  const top = stackTop(model.lines)[last] ?? null;
  if (top === null || top <= 0) return;
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const y = plot.valToPos(top, 'y', true);
  const floor = plot.valToPos(0, 'y', true);
  const x = plot.valToPos(middleOf(model, last), 'x', true);
  // As wide as the widest column can be; what is hatched beside it is the ground itself.
  const half = 13 * ratio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(Math.max(bbox.left, x - half), y, 2 * half, floor - y);
  ctx.clip();
  ctx.strokeStyle = colors.ground;
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  for (let at = x - half - (floor - y); at < x + half; at += 5 * ratio) {
    ctx.moveTo(at, floor);
    ctx.lineTo(at + (floor - y), y);
  }
  ctx.stroke();
  ctx.restore();
}

/** The instant of the past that the rest of the page shows. */
export function drawMark(plot: uPlot, markMs: number | null, colors: PlotColors): void {
  if (markMs === null) return;
  const { ctx, bbox } = plot;
  const x = plot.valToPos(markMs / 1_000, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = colors.accent;
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
