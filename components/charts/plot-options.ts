import uPlot from 'uplot';
import { axisSteps, axisTexts } from '#lib/charts/axis-values.ts';
import type { ChartModel } from '#lib/charts/chart-model.ts';
import { dashOfSlot } from '#lib/charts/dash-of-slot.ts';
import { lonelyIndices, plotColumns } from '#lib/charts/plot-data.ts';
import { timeTicks, timeTickTexts } from '#lib/charts/time-ticks.ts';
import type { Zone } from '#lib/format/time.ts';
import { drawLimitNames, drawMark, drawPartial } from './draw-over.ts';
import type { PlotColors } from './plot-colors.ts';

export type PlotOptionsInput = {
  /** The model in force when it is called: options outlive models. */
  readonly current: () => ChartModel;
  /** An instant of the past that the page shows, epoch milliseconds; null where it shows the present. */
  readonly mark: () => number | null;
  readonly colors: PlotColors;
  readonly zone: Zone;
  readonly width: number;
  readonly height: number;
  /** The line that stands out; the others are drawn pale. null: none does. */
  readonly isolatedKey: string | null;
  /** Told of the period under the pointer, and only where the pointer is on this plot. */
  readonly onPeriod: (periodStartMs: number | null) => void;
  /** Told of a part of the x axis that was drawn out, epoch milliseconds. */
  readonly onSpan: (fromMs: number, toMs: number) => void;
};

const AXIS_WIDTH = 72;
/** Room that a time of day takes on the x axis, CSS pixels. */
const TICK_WIDTH = 68;
/** A drag that is shorter is a click. */
const DRAG_MIN = 6;
/** Opacity of lines that do not stand out, as two hexadecimal digits. */
const PALE = '30';
/** Opacity of what lies between two bounds, likewise. */
const BETWEEN = '40';

/** Options for a plot that draws `current()` and every later model of the same signature. */
export function plotOptions(input: PlotOptionsInput): uPlot.Options {
  const { current, colors, zone, width, height, onPeriod, onSpan } = input;
  const { unit } = current();
  const grid = { stroke: colors.line, width: 1 };
  return {
    width,
    height,
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: DRAG_MIN },
      points: { size: 6, width: 1.5, show: current().shape === 'lines' },
    },
    scales: {
      x: { time: false, range: () => [current().fromMs / 1_000, current().toMs / 1_000] },
      y: { range: () => [current().yMin, current().yMax] },
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
        splits: (plot, _axis, from, to) =>
          timeTicks(
            from * 1_000,
            to * 1_000,
            zone,
            Math.floor(plot.bbox.width / uPlot.pxRatio / TICK_WIDTH),
          ).map((ms) => ms / 1_000),
        values: (_, ticks) =>
          current().periodStartMs.length === 0
            ? ticks.map(() => '')
            : timeTickTexts(
                ticks.map((s) => s * 1_000),
                zone,
              ),
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
    bands:
      current().fillsBetween === true && current().lines.length > 1
        ? [{ series: [1, 2], fill: `${colors.series[0] ?? colors.ink}${BETWEEN}` }]
        : [],
    hooks: {
      setLegend: [
        (plot) => {
          const { left = -1, idx } = plot.cursor;
          const pointed = left >= 0 && plot.over.matches(':hover');
          if (pointed) onPeriod(current().periodStartMs[idx ?? -1] ?? null);
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width: drawn } = plot.select;
          if (drawn < DRAG_MIN) return;
          const at = (x: number) => plot.posToVal(x, 'x') * 1_000;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          onSpan(at(left), at(left + drawn));
        },
      ],
      draw: [
        (plot) => {
          drawPartial(plot, current(), colors);
          drawLimitNames(plot, current(), colors);
          drawMark(plot, input.mark(), colors);
        },
      ],
    },
  };
}

function lineSeries({ current, colors, isolatedKey }: PlotOptionsInput): uPlot.Series[] {
  const model = current();
  const isolates = model.lines.some((line) => line.key === isolatedKey);
  return plotColumns(model).map((i): uPlot.Series => {
    const line = model.lines[i];
    const isolated = line !== undefined && line.key === isolatedKey;
    const full = colors.series[line?.slot ?? 0] ?? colors.ink;
    const color = isolates && !isolated ? `${full}${PALE}` : full;
    if (model.shape === 'stacked') {
      return {
        fill: color,
        width: 0,
        points: { show: false },
        ...pathsOf(uPlot.paths.bars?.({ size: [0.82, 24, 1], align: 0 })),
      };
    }
    return {
      stroke: color,
      width: isolated ? 2.5 : 1.5,
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
