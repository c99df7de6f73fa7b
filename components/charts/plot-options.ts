import uPlot from 'uplot';
import { axisSteps, axisTexts } from '#lib/charts/axis-values.ts';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { dashOfSlot } from '#lib/charts/dash-of-slot.ts';
import { lonelyIndices, plotColumns } from '#lib/charts/plot-data.ts';
import { formatClockUtc } from '#lib/format/time.ts';
import type { PlotColors } from './plot-colors.ts';

type PlotOptionsInput = {
  /** The model in force when it is called: options outlive models. */
  readonly current: () => ChartModel;
  readonly colors: PlotColors;
  readonly width: number;
  readonly height: number;
  readonly selectedKey: string | null;
  /** Told of the period under the pointer, and only where the pointer is on this plot. */
  readonly onPeriod: (periodStartMs: number | null) => void;
};

const AXIS_WIDTH = 72;
/** Steps of the x axis, seconds. */
const TIME_STEPS = [15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

/** Options for a plot that draws `current()` and every later model of the same signature. */
export function plotOptions(input: PlotOptionsInput): uPlot.Options {
  const { current, colors, width, height, onPeriod } = input;
  const { unit } = current();
  const grid = { stroke: colors.line, width: 1 };
  return {
    width,
    height,
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { size: 6, width: 1.5, show: current().shape === 'lines' },
    },
    scales: {
      x: { time: false, range: () => [current().fromMs / 1_000, current().toMs / 1_000] },
      y: { range: () => [0, current().yMax] },
    },
    axes: [
      {
        stroke: colors.inkQuiet,
        font: colors.font,
        grid: { show: false },
        ticks: { ...grid, size: 4 },
        border: { show: true, ...grid },
        size: 26,
        gap: 4,
        space: 64,
        incrs: TIME_STEPS,
        values: (_, ticks) =>
          current().periodStartMs.length === 0
            ? ticks.map(() => '')
            : ticks.map((s) => formatClockUtc(s * 1_000).slice(0, 5)),
      },
      {
        stroke: colors.inkQuiet,
        font: colors.font,
        grid,
        ticks: { show: false },
        size: AXIS_WIDTH,
        gap: 6,
        space: 34,
        incrs: axisSteps(unit),
        values: (_, ticks) => axisTexts(unit, ticks),
      },
    ],
    series: [{}, ...lineSeries(input), ...limitSeries(input)],
    hooks: {
      setLegend: [
        (plot) => {
          const { left = -1, idx } = plot.cursor;
          const pointed = left >= 0 && plot.over.matches(':hover');
          if (pointed) onPeriod(current().periodStartMs[idx ?? -1] ?? null);
        },
      ],
      draw: [(plot) => drawLimitNames(plot, current(), colors)],
    },
  };
}

function lineSeries({ current, colors, selectedKey }: PlotOptionsInput): uPlot.Series[] {
  const model = current();
  return plotColumns(model).map((i): uPlot.Series => {
    const line = model.lines[i];
    const color = colors.series[line?.slot ?? 0] ?? colors.ink;
    if (model.shape === 'stacked') {
      return {
        fill: color,
        width: 0,
        points: { show: false },
        ...pathsOf(uPlot.paths.bars?.({ size: [0.82, 24, 1], align: 0 })),
      };
    }
    const selected = line !== undefined && line.key === selectedKey;
    return {
      stroke: color,
      width: selected ? 3 : 1.5,
      dash: dashOfSlot(line?.slot ?? 0),
      points: {
        show: false,
        size: 4,
        fill: color,
        filter: (plot, series) => lonelyIndices(plot.data[series] ?? []),
      },
    };
  });
}

function limitSeries({ current, colors }: PlotOptionsInput): uPlot.Series[] {
  return current().limits.map(() => ({
    stroke: colors.limit,
    width: 1,
    points: { show: false },
    ...pathsOf(uPlot.paths.stepped?.({ align: 1 })),
  }));
}

/** The bundled builders are typed as optional; without one a series keeps the default. */
function pathsOf(paths: uPlot.Series.PathBuilder | undefined): Pick<uPlot.Series, 'paths'> {
  return paths === undefined ? {} : { paths };
}

/** How much of a line shows through the name of a limit that it passes behind, 0 .. 1. */
const SEEN_THROUGH = 0.2;

/** Names each limit above the right end of its line, on a ground of its own: a bursting line passes behind it. */
function drawLimitNames(plot: uPlot, model: ChartModel, colors: PlotColors): void {
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
